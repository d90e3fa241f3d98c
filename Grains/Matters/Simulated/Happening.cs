using System.Collections.Immutable;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Matters.Simulated;

/// <summary>A town in the run for which a matter says what will happen.</summary>
/// <param name="From">First day of the run.</param>
/// <param name="Until">Last day, included.</param>
/// <param name="Random">The draws of the replication; a matter takes a stream of its own by name.</param>
internal sealed record SimulatedTown(TownPlan Plan, DateOnly From, DateOnly Until, WorkCalendar Calendar, RandomStream Random);

/// <summary>A case that a matter makes happen.</summary>
/// <param name="At">Local time of the town.</param>
/// <param name="Procedure">Code.</param>
/// <param name="Subject">What or whom it is about; empty where its procedure is about nothing.</param>
/// <param name="Random">The case's own draws.</param>
internal sealed record Happening(
    DateTime At,
    string Procedure,
    string Subject,
    Party Party,
    Opener Opener,
    RandomStream Random,
    ImmutableArray<Field> Fields
)
{
    /// <summary>Its item; null where it is about none.</summary>
    public PowerItem? Item { get; init; }

    public Traits Traits { get; init; }
}

/// <summary>Who opens a case that a matter makes happen.</summary>
internal abstract record Opener
{
    private Opener() { }

    /// <summary>Whoever speaks for a department above the town on that day.</summary>
    public sealed record Speaker(string Department) : Opener;

    /// <summary>One of a bureau's people who is there, in turn.</summary>
    public sealed record OneOf(string Bureau) : Opener;
}
