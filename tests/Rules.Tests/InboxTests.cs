using CsCheck;
using TownReform.Grains.Rules;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests;

/// <summary>Pages of a workplace's open work, and counts by the same filter (B9).</summary>
[ShowsClause("B9")]
public sealed class InboxTests
{
    private static readonly DateOnly Day = new(2019, 4, 10);

    private static readonly WorkItem[] Work =
    [
        Item(1, due: Day.AddDays(3), officers: "A"),
        Item(2, due: Day.AddDays(1), officers: "B") with
        {
            Colour = ClockColour.Overdue,
        },
        Item(3, due: Day.AddDays(9), officers: "A") with
        {
            Green = true,
            Step = "decision",
            Item = "YD-XK-002",
        },
        Item(4, due: null) with
        {
            Role = null,
            Hands = 0,
        },
        Item(5, due: Day.AddDays(1), officers: "A") with
        {
            Colour = ClockColour.Supervised,
            Officers = ["A", "B"],
        },
        Item(6, due: Day.AddDays(2)) with
        {
            Colour = ClockColour.Amber,
        },
    ];

    [Fact]
    public void Page_NoFilter_HasGreenThenDueThenOldest()
    {
        var page = Page(new());
        Numbers(page).ShouldBe([3, 2, 5, 6, 1, 4]);
        (page.Next, page.Counts.Total, page.Counts.Waiting, page.Counts.Unassigned).ShouldBe((null, 6, 1, 1));
        page.Counts.Colours.ShouldBe([
            new(ClockColour.Green, 3),
            new(ClockColour.Amber, 1),
            new(ClockColour.Overdue, 1),
            new(ClockColour.Supervised, 1),
        ]);
        page.Counts.Officers.ShouldBe([new("A", 3), new("B", 2)], "work of two counts for both");
        page.Counts.Steps.ShouldBe([new("decision", 1), new("review", 5)]);
        page.Counts.Items.ShouldBe([new("YD-XK-001", 5), new("YD-XK-002", 1)]);
    }

    public static TheoryData<InboxQuery, int[]> Filters =>
        new()
        {
            { new(Officer: "B"), [2, 5] },
            { new(Officer: "nobody"), [] },
            { new(Step: "decision"), [3] },
            { new(Item: "YD-XK-001", Officer: "A"), [5, 1] },
            { new(Colour: ClockColour.Overdue), [2] },
            { new(Colour: ClockColour.Amber), [6] },
            { new(Overdue: true), [2, 5] },
            { new(Waiting: true), [4] },
            { new(Waiting: false, Officer: "A"), [3, 5, 1] },
            { new(AwayOn: Day), [2, 5] },
            { new(AwayOn: Day.AddDays(1)), [] },
        };

    [Theory]
    [MemberData(nameof(Filters))]
    public void Page_Filtered_HasAndCountsOnlyThat(InboxQuery query, int[] numbers)
    {
        var page = Page(query);
        Numbers(page).ShouldBe(numbers);
        page.Counts.Total.ShouldBe(numbers.Length);
        page.Counts.Colours.Sum(count => count.Count).ShouldBe(numbers.Length);
        var counted = InboxRules.Count(Work, query, Away);
        (counted.Total, counted.Waiting, counted.Unassigned).ShouldBe((page.Counts.Total, page.Counts.Waiting, page.Counts.Unassigned));
        counted.Colours.ShouldBe(page.Counts.Colours);
        counted.Officers.ShouldBe(page.Counts.Officers);
    }

    /// <summary>Pages of any size show everything once and in order, also when work leaves or comes in between.</summary>
    [Fact]
    public void Pages_OfAnySize_ShowEachOnceWhileWorkComesAndGoes() =>
        Gen.Select(Gen.Int[1, 7], Gen.Select(Gen.Bool, Gen.Int[0, 4], Gen.Int[0, 2]).Array[0, 30], Gen.Int[0, 29])
            .Sample(
                (take, drawn, gone) =>
                {
                    var work = drawn
                        .Select(
                            (d, n) => Item(n + 1, Day.AddDays(d.Item2)) with { Green = d.Item1, Since = PureCase.At(Day).AddHours(d.Item3) }
                        )
                        .ToList();
                    var (seen, after) = (new List<int>(), (string?)null);
                    do
                    {
                        var page = InboxRules.Page(work, new(Take: take, After: after), Away).ShouldSucceed();
                        (page.Lines.Length, page.Counts.Total).ShouldBe((Math.Min(take, page.Lines.Length), work.Count));
                        seen.AddRange(Numbers(page));
                        after = page.Next;

                        // The last that was shown leaves: the cursor stays good.
                        work.RemoveAll(item => seen.Count > gone && item.Case == $"YD{seen[^1]:D8}");
                    } while (after is not null);

                    seen.ShouldBeUnique();
                    seen.Count.ShouldBe(drawn.Length);
                }
            );

    [Theory]
    [InlineData(-5, 1)]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(6, 6)]
    [InlineData(int.MaxValue, 6)]
    public void Page_Take_IsWithinBounds(int take, int lines) => Page(new(Take: take)).Lines.Length.ShouldBe(lines);

    [Fact]
    public void Page_Take_IsNeverAbove200()
    {
        var many = Enumerable.Range(1, 201).Select(n => Item(n, Day)).ToArray();
        var page = InboxRules.Page(many, new(Take: 201), Away).ShouldSucceed();
        (page.Lines.Length, page.Next is null).ShouldBe((200, false));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.2")]
    [InlineData("1.2.")]
    [InlineData("-1.2.YD00000001")]
    [InlineData("1.x.YD00000001")]
    [InlineData("99999999999.2.YD00000001")]
    public void Page_MadeUpCursor_IsRefused(string cursor) =>
        InboxRules.Page(Work, new(After: cursor), Away).ShouldBeRefused(RefusalCode.CursorUnknown);

    private static InboxPage Page(InboxQuery query) => InboxRules.Page(Work, query, Away).ShouldSucceed();

    private static bool Away(string who, DateOnly day) => who == "B" && day == Day;

    private static int[] Numbers(InboxPage page) => [.. page.Lines.Select(line => int.Parse(line.Work.Case.AsSpan(2), null))];

    private static WorkItem Item(int number, DateOnly? due, params string[] officers) =>
        new(
            $"YD{number:D8}",
            Version: 1,
            "review",
            "YD-XK-001",
            "reviewer",
            Hands: 1,
            Certificates: [],
            NotBy: [],
            Prefer: null,
            Green: false,
            Since: PureCase.At(Day).AddMinutes(number),
            NextCheckOn: null,
            due,
            [.. officers]
        );
}
