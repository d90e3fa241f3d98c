using TownReform.Silo.Web.Public;

namespace TownReform.Silo.Tests.Web.Public;

/// <summary>The code on a receipt opens its own case alone.</summary>
public sealed class TrackingCodeTests
{
    private static readonly string Hash = new('a', 64),
        Other = new('b', 64);

    [Fact]
    public void Code_OfAHash_IsEightLettersAndAlwaysTheSame()
    {
        var code = TrackingCode.Of(Hash);
        code.Length.ShouldBe(8);
        code.ShouldAllBe(letter => char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter));
        TrackingCode.Of(Hash).ShouldBe(code);
        TrackingCode.Of(Other).ShouldNotBe(code);
    }

    [Fact]
    public void Code_AsPeopleTypeIt_IsTaken()
    {
        var code = TrackingCode.Of(Hash);
        TrackingCode.Is(code, Hash).ShouldBeTrue();
        TrackingCode.Is($" {code[..4].ToLowerInvariant()}-{code[4..]} ", Hash).ShouldBeTrue();
    }

    [Fact]
    public void Code_AnythingElse_IsNot()
    {
        var code = TrackingCode.Of(Hash);
        foreach (var typed in new[] { null, "", code[..7], code + "A", code + code, TrackingCode.Of(Other), new string('Ａ', 8) })
        {
            TrackingCode.Is(typed, Hash).ShouldBeFalse();
        }
    }
}
