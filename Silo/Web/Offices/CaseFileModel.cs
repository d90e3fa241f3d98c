using System.Collections.Immutable;

namespace TownReform.Silo.Web.Offices;

/// <summary>A case file as its office reads it, now or as it stood after one of its records.</summary>
public sealed record CaseFileModel
{
    /// <summary>Address of the file.</summary>
    public required string Path { get; init; }

    /// <summary>The case as it is shown.</summary>
    public required CaseView Case { get; init; }

    public required Words Procedure { get; init; }

    /// <summary>What it is about.</summary>
    public required Words Subject { get; init; }

    /// <summary>The party; an office by its name.</summary>
    public required Words Party { get; init; }

    /// <summary>The present step, or how it ended.</summary>
    public required Words State { get; init; }

    /// <summary>Where the present step is done; null once it has ended.</summary>
    public required Words? Workplace { get; init; }

    /// <summary>Steps that it went through, the present one, then those that are left of the main line.</summary>
    public required ImmutableArray<FileStep> Steps { get; init; }

    /// <summary>Fields with their names.</summary>
    public required ImmutableArray<FilledField> Fields { get; init; }

    /// <summary>Records up to the one that is shown.</summary>
    public required ImmutableArray<HistoryRecord> History { get; init; }

    /// <summary>Documents that it had issued up to the record that is shown, oldest first.</summary>
    public ImmutableArray<CaseDocument> Documents { get; init; } = [];

    /// <summary>Code of the office that reads; null in a world that is only looked into, which has no papers.</summary>
    public string? Office { get; init; }

    /// <summary>What the reader may do, and why not the rest; null for an earlier moment, and for whoever only reads.</summary>
    public AskedActs? Asked { get; init; }

    /// <summary>Its limits day by day; null where the working-day calendar can't count them.</summary>
    public ClockDays? Days { get; init; }

    /// <summary>At an earlier moment: what the step's acts were.</summary>
    public ImmutableArray<Words> ActsThen { get; init; } = [];

    /// <summary>Version of the case as it is now.</summary>
    public required long Latest { get; init; }

    /// <summary>An earlier moment is shown.</summary>
    public required bool IsPast { get; init; }

    /// <summary>IANA name of the town's time zone.</summary>
    public required string Zone { get; init; }

    /// <summary>What has just happened and what comes next; null when the file was only opened.</summary>
    public Words? Told { get; init; }

    /// <summary>Address of the reader's next task, after something was done.</summary>
    public string? Next { get; init; }

    /// <summary>Draft that the browser may forget: it was sent.</summary>
    public string? DraftDone { get; init; }
}

/// <summary>A step on the line of a case.</summary>
/// <param name="Version">Record that led to it, where it has been reached.</param>
public sealed record FileStep(string Code, Words Name, bool IsPresent, long? Version)
{
    /// <summary>Steps gone through in order, each once, then what is left of the main line.</summary>
    /// <param name="present">Code of the present step or end.</param>
    /// <param name="mainLine">Codes of the procedure's main line; default for none.</param>
    /// <param name="isOpen">The case hasn't ended.</param>
    public static ImmutableArray<FileStep> Line(
        ImmutableArray<HistoryRecord> history,
        string present,
        ImmutableArray<string> mainLine,
        bool isOpen,
        Func<string, Words> name
    )
    {
        var reached = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var record in history)
        {
            if (record is { Refusal: null, To: { } to })
            {
                reached.TryAdd(to, record.Version);
            }
        }

        reached.TryAdd(present, history.IsEmpty ? 0 : history[^1].Version);
        var gone = reached
            .OrderBy(step => step.Value)
            .Select(step => new FileStep(step.Key, name(step.Key), step.Key == present, step.Value));
        if (!isOpen || mainLine.IsDefault)
        {
            return [.. gone];
        }

        var at = mainLine.LastIndexOf(present);
        var last = at >= 0 ? at : mainLine.Select((code, place) => reached.ContainsKey(code) ? place : -1).DefaultIfEmpty(-1).Max();
        return
        [
            .. gone,
            .. mainLine
                .Skip(last + 1)
                .Where(code => !reached.ContainsKey(code))
                .Select(code => new FileStep(code, name(code), false, null)),
        ];
    }
}
