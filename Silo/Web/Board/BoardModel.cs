using System.Collections.Immutable;

namespace TownReform.Silo.Web.Board;

/// <summary>A town at one moment (运行看板): figures alone, nothing of persons.</summary>
public sealed record BoardModel
{
    /// <summary>Days for which refusals and interferences are counted, today included.</summary>
    public const int Days = 30;

    /// <summary>Clauses in the list of refusals at most.</summary>
    private const int MostClauses = 10;

    public required string Town { get; init; }

    public required Words Name { get; init; }

    /// <summary>The moment of the figures.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>IANA name of the town's time zone.</summary>
    public required string Zone { get; init; }

    /// <summary>At most seven.</summary>
    public required ImmutableArray<BoardFigure> Figures { get; init; }

    /// <summary>Open cases by colour.</summary>
    public required ImmutableArray<(ClockColour Colour, long Cases)> Lights { get; init; }

    /// <summary>Offices by open work, most first.</summary>
    public required ImmutableArray<BoardLoad> Offices { get; init; }

    /// <summary>What was refused most, by clause.</summary>
    public required ImmutableArray<BoardRefusals> Refusals { get; init; }

    /// <summary>For a screen on a wall: nothing around it.</summary>
    public bool IsWall { get; init; }

    /// <summary>The board of a town.</summary>
    /// <param name="town">Its names.</param>
    /// <param name="now">The moment of the answers.</param>
    /// <param name="work">Open cases of the town by workplace, colour and due day.</param>
    /// <param name="cases">All cases by procedure and how they stand.</param>
    /// <param name="receivedToday">Cases opened today.</param>
    /// <param name="refusals">Of the last <see cref="Days"/> days, of all towns.</param>
    internal static BoardModel Of(
        TownNames town,
        DateTimeOffset now,
        ImmutableArray<WorkTotal> work,
        ImmutableArray<CaseTotal> cases,
        int receivedToday,
        RefusalTotals refusals
    )
    {
        var own = town.Town;
        var ofTown = refusals.Totals.Where(total => total.Town == own.Town).ToList();
        var ended = cases.Where(total => total.Town == own.Town && total.Disposition != Disposition.Open).Sum(total => total.Cases);
        return new BoardModel
        {
            Town = own.Town,
            Name = own.Name,
            AsOf = now,
            Zone = own.TimeZone,
            Figures =
            [
                .. FiguresOf(work, PageDates.DayOf(now, own.TimeZone)),
                new(new("今日收件", "received today"), receivedToday),
                new(new("累计结束", "ended so far"), ended),
                new(new($"近 {Days} 日不予办理", $"refused in {Days} days"), ofTown.Sum(total => total.Refusals)),
                new(
                    new($"近 {Days} 日县级干预", $"interferences in {Days} days"),
                    ofTown.Where(total => IsInterference(total.Code)).Sum(total => total.Refusals)
                ),
            ],
            Lights = [.. Enum.GetValues<ClockColour>().Select(colour => (colour, CasesOf(work, colour)))],
            Offices = ByOffice(town, work),
            Refusals = ByClause(ofTown),
        };
    }

    private static ImmutableArray<BoardFigure> FiguresOf(ImmutableArray<WorkTotal> work, DateOnly today) =>
        [
            new(new("在办", "open"), work.Sum(total => total.Cases)),
            new(new("今日到期", "due today"), work.Where(total => total.Due == today).Sum(total => total.Cases)),
            new(new("超期", "overdue"), work.Where(total => total.Colour >= ClockColour.Overdue).Sum(total => total.Cases)),
        ];

    private static long CasesOf(ImmutableArray<WorkTotal> work, ClockColour colour) =>
        work.Where(total => total.Colour == colour).Sum(total => total.Cases);

    private static ImmutableArray<BoardLoad> ByOffice(TownNames town, ImmutableArray<WorkTotal> work) =>
        [
            .. work.GroupBy(total => total.Workplace)
                .Select(office => BoardLoad.Of(town, office.Key, [.. office]))
                .OrderByDescending(office => office.Open)
                .ThenBy(office => office.Name.En, StringComparer.Ordinal),
        ];

    private static ImmutableArray<BoardRefusals> ByClause(IEnumerable<RefusalTotal> refusals) =>
        [
            .. refusals
                .GroupBy(total => total.Clause)
                .Select(clause => new BoardRefusals(
                    clause.Key,
                    clause.Sum(total => total.Refusals),
                    [.. clause.OrderByDescending(total => total.Refusals).ThenBy(total => total.Code)]
                ))
                .OrderByDescending(clause => clause.Refusals)
                .ThenBy(clause => clause.Clause, StringComparer.Ordinal)
                .Take(MostClauses),
        ];

    // A department that wanted more than to file or forward (B2).
    private static bool IsInterference(RefusalCode code) => code is RefusalCode.CountyMayOnlyFile or RefusalCode.SecondSealDemanded;
}

/// <summary>A figure with what it counts.</summary>
public sealed record BoardFigure(Words Name, long Value);

/// <summary>Open work of an office.</summary>
public sealed record BoardLoad(Words Name, long Open, long DueSoon, long Overdue)
{
    internal static BoardLoad Of(TownNames town, string workplace, ImmutableArray<WorkTotal> work) =>
        new(
            town.Office(workplace[(workplace.IndexOf('/', StringComparison.Ordinal) + 1)..]),
            work.Sum(total => total.Cases),
            work.Where(total => total.Colour is ClockColour.Amber or ClockColour.Red).Sum(total => total.Cases),
            work.Where(total => total.Colour >= ClockColour.Overdue).Sum(total => total.Cases)
        );
}

/// <summary>Refusals under one clause.</summary>
/// <param name="Kinds">Its refusals by code, the most frequent first.</param>
public sealed record BoardRefusals(string Clause, long Refusals, ImmutableArray<RefusalTotal> Kinds);

/// <summary>All towns, for whoever leads them.</summary>
public sealed record BoardHomeModel(ImmutableArray<BoardModel> Towns);
