using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TownReform.Grains.Journal;
using TownReform.Grains.Recording;

namespace TownReform.Grains.Bureaus;

/// <summary>What a bureau must remember: its people, who is away when, and changes of powers that lie ahead. Its queue is the read model's.</summary>
public sealed record BureauState
{
    public static BureauState Empty { get; } = new();

    public ImmutableArray<Colleague> People { get; init; } = [];

    public ImmutableArray<NotedAbsence> Absences { get; init; } = [];

    public ImmutableArray<PowerChanged> PowersAhead { get; init; } = [];

    public static BureauState Apply(BureauState state, BureauEvent happened) => happened switch
    {
        BureauStaffed it => state with { People = it.People },
        ColleagueJoined it => state with { People = [.. state.People.Where(p => p.Id != it.Person.Id), it.Person] },
        AbsenceNoted it => state with { Absences = [.. state.Absences.Where(a => a.Staff != it.Absence.Staff || a.From != it.Absence.From), it.Absence] },
        AbsenceEnded it => state with { Absences = [.. state.Absences.Select(a => Shorten(a, it)).Where(a => a.From <= a.Until)] },
        PowerChangeNoted it => state with { PowersAhead = state.PowersAhead.Add(it.Change) },
        PowerChangeFollowed it => state with { PowersAhead = state.PowersAhead.Remove(it.Change) },
        _ => throw new System.Diagnostics.UnreachableException($"{happened.GetType().Name} has no effect on a bureau."),
    };

    private static NotedAbsence Shorten(NotedAbsence absence, AbsenceEnded it) =>
        absence.Staff == it.Staff && absence.Until >= it.From ? absence with { Until = it.From.AddDays(-1) } : absence;
}

/// <summary>Somebody is away; both days inclusive.</summary>
public sealed record NotedAbsence(string Staff, AbsenceKind Kind, DateOnly From, DateOnly Until);

/// <summary>Something that happened to a bureau.</summary>
public abstract record BureauEvent : RecordedEvent;

public sealed record BureauStaffed(ImmutableArray<Colleague> People) : BureauEvent
{
    public const string Durable = "bureau.staffed";

    protected override string Name => Durable;
}

public sealed record ColleagueJoined(Colleague Person) : BureauEvent
{
    public const string Durable = "bureau.colleague-joined";

    protected override string Name => Durable;
}

public sealed record AbsenceNoted(NotedAbsence Absence) : BureauEvent
{
    public const string Durable = "bureau.absence-noted";

    protected override string Name => Durable;
}

public sealed record AbsenceEnded(string Staff, DateOnly From) : BureauEvent
{
    public const string Durable = "bureau.absence-ended";

    protected override string Name => Durable;
}

/// <summary>A change of a power was announced; it is followed from its day on.</summary>
public sealed record PowerChangeNoted(PowerChanged Change) : BureauEvent
{
    public const string Durable = "bureau.power-change-noted";

    protected override string Name => Durable;
}

/// <summary>Every open case has followed the change.</summary>
public sealed record PowerChangeFollowed(PowerChanged Change) : BureauEvent
{
    public const string Durable = "bureau.power-change-followed";

    protected override string Name => Durable;
}

[JsonSerializable(typeof(BureauStaffed))]
[JsonSerializable(typeof(ColleagueJoined))]
[JsonSerializable(typeof(AbsenceNoted))]
[JsonSerializable(typeof(AbsenceEnded))]
[JsonSerializable(typeof(PowerChangeNoted))]
[JsonSerializable(typeof(PowerChangeFollowed))]
internal sealed partial class BureauJson : JsonSerializerContext;

/// <summary>Durable names of the events, and their JSON.</summary>
internal static class BureauCodec
{
    private static readonly BureauJson Context = new(RecordedJson.NewOptions());

    public static EventCodec<BureauEvent> Instance { get; } = new(
        (BureauStaffed.Durable, Context.BureauStaffed),
        (ColleagueJoined.Durable, Context.ColleagueJoined),
        (AbsenceNoted.Durable, Context.AbsenceNoted),
        (AbsenceEnded.Durable, Context.AbsenceEnded),
        (PowerChangeNoted.Durable, Context.PowerChangeNoted),
        (PowerChangeFollowed.Durable, Context.PowerChangeFollowed));
}
