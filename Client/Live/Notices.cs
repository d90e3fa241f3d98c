using TownReform.Client.Terminal;
using TownReform.Grains.Rules.Texts;

namespace TownReform.Client.Live;

/// <summary>Something to look at again beside an answer; it hinders nothing.</summary>
/// <param name="Code"><c>check-digit</c> or <c>open-cases</c>.</param>
/// <param name="Cases">Cases that it is about.</param>
internal sealed record Notice(string Code, Words Words, string[] Cases);

/// <summary>What the window should see at once when a case was opened.</summary>
internal static class Notices
{
    private const int Most = 20;

    public static async Task<Notice[]> OfAsync(LiveTown live, CaseView opened)
    {
        var others = await live.Index.ListAsync(
            new CaseSearch(opened.Town, Subject: opened.Subject, Disposition: Disposition.Open, Party: opened.Party.Id, Take: Most)
        );
        return [.. Of(opened.Party), .. Same([.. others.Select(line => line.Number).Where(number => number != opened.Number)])];
    }

    /// <summary>An identity number or credit code whose check digit fails: foreign ids exist, so it is told and not refused.</summary>
    public static IEnumerable<Notice> Of(Party party) =>
        PersonIds.Doubt(party.Id, party.Organisation) switch
        {
            IdDoubt.Resident =>
            [
                new(
                    "check-digit",
                    new(
                        "当事人编号形似居民身份证号码，但校验码不符（GB 11643）；请核对。",
                        "The party's id looks like a resident identity number, but its check digit is wrong (GB 11643); look at it again."
                    ),
                    []
                ),
            ],
            IdDoubt.CreditCode =>
            [
                new(
                    "check-digit",
                    new(
                        "当事人编号形似统一社会信用代码，但校验码不符（GB 32100）；请核对。",
                        "The party's id looks like a unified social credit code, but its check character is wrong (GB 32100); "
                            + "look at it again."
                    ),
                    []
                ),
            ],
            _ => [],
        };

    public static void Show(Screen screen, IEnumerable<Notice> notices)
    {
        foreach (var notice in notices)
        {
            screen.Say(new Words($"注意        {notice.Words.Zh}", $"notice       {notice.Words.En}"));
        }
    }

    private static Notice[] Same(string[] numbers) =>
        numbers.Length == 0
            ? []
            :
            [
                new(
                    "open-cases",
                    new(
                        $"同一当事人就同一事项另有在办案件：{string.Join("、", numbers)}。",
                        $"The same party has other open cases on the same item: {string.Join(", ", numbers)}."
                    ),
                    numbers
                ),
            ];
}
