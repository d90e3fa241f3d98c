using TownReform.Grains.Receipts;

namespace TownReform.Grains.Tests.Receipts;

/// <summary>A record as 24 words for the telephone.</summary>
public sealed class ReceiptWordsTests
{
    private static readonly string Hash = new('a', 64);

    [Fact]
    public void Words_OfARecord_AreAFunctionOfItAlone()
    {
        var words = ReceiptWords.Of("YD00000001", 3, Hash);
        words.Length.ShouldBe(ReceiptWords.Count);
        words.ShouldBe(ReceiptWords.Of("YD00000001", 3, Hash));
        words.ShouldNotBe(ReceiptWords.Of("YD00000001", 4, Hash));
        words.ShouldNotBe(ReceiptWords.Of("YD00000002", 3, Hash));
        words.ShouldNotBe(ReceiptWords.Of("YD00000001", 3, new string('b', 64)));
        string.Join(' ', words)
            .ShouldBe(
                "maso vula bado saso vasa jino mino dutu riko kiko rifa rano loku dama tamo jado zuno dumi pima fali tato hina munu gina",
                "printed on paper: what is printed must be found again by every later version"
            );
    }

    [Fact]
    public void Read_HoweverTyped_GivesTheWordsBack()
    {
        for (var n = 1; n < 300; n++)
        {
            var words = ReceiptWords.Of("YD00000001", n, Hash);
            ReceiptWords.Read(string.Join("，", words).ToUpperInvariant() + " \n")!.Value.ShouldBe(words);
        }
    }

    [Fact]
    public void Read_OneWordMisheardLeftOutOrDoubled_IsNoticed()
    {
        var words = ReceiptWords.Of("YD00000001", 1, Hash);
        var noticed = 0;
        foreach (var (n, word) in words.Index())
        {
            // Another vowel at the end: what is misheard most.
            var other = word[..3] + (word[3] == 'a' ? 'o' : 'a');
            noticed += ReceiptWords.Read(string.Join(' ', words.SetItem(n, other))) is null ? 1 : 0;
        }

        noticed.ShouldBeGreaterThanOrEqualTo(22, "eight bits let one in 256 pass; whoever compares then still has another word");
        ReceiptWords.Read(string.Join(' ', words.RemoveAt(5))).ShouldBeNull();
        ReceiptWords.Read(string.Join(' ', words.Add(words[0]))).ShouldBeNull();
        ReceiptWords.Read(string.Join(' ', words.SetItem(0, "xaxa"))).ShouldBeNull();
        ReceiptWords.Read("").ShouldBeNull();
    }
}
