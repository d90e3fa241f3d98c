using System.Collections.Immutable;

namespace TownReform.Grains.Rules.Cases;

/// <summary>A case as its stream says. It keeps the version of procedure and catalogue item that it began under.</summary>
public sealed record CaseFile
{
    /// <summary>Before anything was recorded.</summary>
    public static CaseFile None { get; } = new();

    public string Number { get; init; } = "";
    public string Town { get; init; } = "";
    public string Procedure { get; init; } = "";
    public int ProcedureVersion { get; init; }
    public string Kind { get; init; } = "";
    public string Subject { get; init; } = "";
    public int ItemVersion { get; init; }
    public Party Party { get; init; } = new("", "", false);
    public bool Green { get; init; }
    public Guid OpenedBy { get; init; }
    public DateTimeOffset OpenedAt { get; init; }
    public DateOnly OpenedOn { get; init; }
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>Present step, or the end that was reached.</summary>
    public string Step { get; init; } = "";
    public DateTimeOffset StepSince { get; init; }
    public DateOnly StepOn { get; init; }

    /// <summary>Version of the record that led to the present step: the step's identity.</summary>
    public long StepVersion { get; init; }
    public string? Workplace { get; init; }
    public ImmutableArray<string> Officers { get; init; } = [];
    public Disposition Disposition { get; init; }
    public string? Ending { get; init; }
    public bool Granted { get; init; }

    /// <summary>The power has been exercised: the outcome is carried out whatever becomes of the power (A4), and can't be taken
    /// back.</summary>
    public bool Decided { get; init; }

    /// <summary>Since when it stands still because its power left the town (A4); null while it goes on.</summary>
    public DateOnly? FrozenOn { get; init; }

    public bool Frozen => FrozenOn is not null;

    /// <summary>Whether it is the freeze that stopped the clock; it may have stood still before.</summary>
    public bool FrozenClock { get; init; }

    /// <summary>Days that the present step stood still, in its own limit's unit.</summary>
    public int StepStoppedDays { get; init; }
    public CaseClock Clock { get; init; } = CaseClock.None;
    public ClockColour Colour { get; init; } = ClockColour.Green;
    public int Visits { get; init; }
    public int Acts { get; init; }
    public int Refusals { get; init; }
    public string? Certificate { get; init; }

    /// <summary>Who acts for the party by the authorisation that was handed in (B4); empty for nobody. Null in cases whose opening doesn't
    /// say: the one in its field, else whoever acts for the party, is believed there.</summary>
    public string? Agent { get; init; }

    /// <summary>How many of its records are late entries (补录).</summary>
    public int LateEntries { get; init; }

    /// <summary>What the first notice of missing papers named (B6); later notices may only repeat it.</summary>
    public string? NotifiedMissingPapers { get; init; }
    public ImmutableArray<Field> Fields { get; init; } = [];

    /// <summary>Who has owned it (承办人), in turn; empty where its procedure knows no owner.</summary>
    public ImmutableArray<string> Owners { get; init; } = [];

    /// <summary>Who owns it; null where its procedure knows no owner.</summary>
    public string? Owner => Owners.IsDefaultOrEmpty ? null : Owners[^1];

    /// <summary>Who has done which step so far; what separation of duties is checked against.</summary>
    public ImmutableArray<StepDone> Done { get; init; } = [];

    /// <summary>Records on the stream, refusals included.</summary>
    public long Version { get; init; }

    public bool IsOpened => Version > 0 && Disposition != 0;

    public bool IsOpen => Disposition == Disposition.Open;

    public string? Value(string field)
    {
        foreach (var f in Fields)
        {
            if (f.Name == field)
            {
                return f.Value;
            }
        }

        return null;
    }

    /// <summary>Whether that officer has done that step.</summary>
    public bool HasDone(string step, string officer)
    {
        foreach (var done in Done)
        {
            if (done.Step == step && done.Officer == officer)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>An officer did a step.</summary>
public readonly record struct StepDone(string Step, string Officer);

/// <summary>
/// The limit of a case (B5): the promised one for its colours, the statutory one behind it. Stops are kept as days of the limit's own unit.
/// </summary>
/// <param name="StartedOn">Day of acceptance or filing; the day itself isn't counted.</param>
/// <param name="StoppedOn">Day since which it stands still, or null while it runs.</param>
/// <param name="StoppedDays">Days of earlier stops, in the promised limit's unit.</param>
/// <param name="EndedOn">Day on which the case was decided.</param>
/// <param name="ExtendedDays">Days that an extension added.</param>
public sealed record CaseClock(
    TimeLimit Promised,
    TimeLimit Statutory,
    DateOnly? StartedOn,
    DateOnly? StoppedOn,
    int StoppedDays,
    int StatutoryStoppedDays,
    DateOnly? EndedOn,
    int ExtendedDays
)
{
    /// <summary>No limit at all.</summary>
    public static CaseClock None { get; } =
        new(
            Promised: default,
            Statutory: default,
            StartedOn: null,
            StoppedOn: null,
            StoppedDays: 0,
            StatutoryStoppedDays: 0,
            EndedOn: null,
            ExtendedDays: 0
        );

    /// <summary>How often it was lengthened. Snapshots from before this was kept lack it.</summary>
    public int Extensions { get; init; }

    /// <summary>How often it was lengthened, also where only the days were kept.</summary>
    public int Lengthened => Math.Max(Extensions, ExtendedDays > 0 ? 1 : 0);

    public bool IsRunning => StartedOn is not null && StoppedOn is null && EndedOn is null && Promised.Days > 0;
}
