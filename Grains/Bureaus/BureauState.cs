using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TownReform.Grains.Journal;
using TownReform.Grains.Rules.Records;

namespace TownReform.Grains.Bureaus;

/// <summary>What a bureau must remember: its people, who is away when, and changes of powers that lie ahead. Its queue is the read
/// model's.</summary>
public sealed record BureauState
{
    public static BureauState Empty { get; } = new();

    public ImmutableArray<Colleague> People { get; init; } = [];

    /// <summary>Times away that were not over when they were noted, by staff id.</summary>
    public ImmutableDictionary<string, ImmutableArray<Absence>> Absences { get; init; } =
        ImmutableDictionary<string, ImmutableArray<Absence>>.Empty;

    public ImmutableArray<PowerChanged> PowersAhead { get; init; } = [];

    public static BureauState Apply(BureauState state, BureauEvent happened) =>
        happened switch
        {
            BureauStaffed it => state with { People = it.People },
            ColleagueJoined it => state with { People = [.. state.People.Where(p => p.Id != it.Person.Id), it.Person] },
            AbsencesNoted it => state with { Absences = state.Absences.SetItem(it.Staff, it.Absences) },
            PowerChangeNoted it => state with { PowersAhead = state.PowersAhead.Add(it.Change) },
            PowerChangeFollowed it => state with { PowersAhead = state.PowersAhead.Remove(it.Change) },
            _ => throw new System.Diagnostics.UnreachableException($"{happened.GetType().Name} has no effect on a bureau."),
        };
}

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

/// <summary>Somebody's times away as their own record says, when one began or was cut short; they replace those noted before.</summary>
public sealed record AbsencesNoted(string Staff, ImmutableArray<Absence> Absences) : BureauEvent
{
    public const string Durable = "bureau.absences-noted";

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

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(BureauStaffed))]
[JsonSerializable(typeof(ColleagueJoined))]
[JsonSerializable(typeof(AbsencesNoted))]
[JsonSerializable(typeof(PowerChangeNoted))]
[JsonSerializable(typeof(PowerChangeFollowed))]
internal sealed partial class BureauJson : JsonSerializerContext;

/// <summary>Durable names of the events, and their JSON.</summary>
internal static class BureauCodec
{
    public static EventCodec<BureauEvent> Instance { get; } =
        new(
            (BureauStaffed.Durable, BureauJson.Default.BureauStaffed),
            (ColleagueJoined.Durable, BureauJson.Default.ColleagueJoined),
            (AbsencesNoted.Durable, BureauJson.Default.AbsencesNoted),
            (PowerChangeNoted.Durable, BureauJson.Default.PowerChangeNoted),
            (PowerChangeFollowed.Durable, BureauJson.Default.PowerChangeFollowed)
        );
}
