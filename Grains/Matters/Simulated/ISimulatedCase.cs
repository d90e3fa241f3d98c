using System.Collections.Immutable;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Matters.Simulated;

/// <summary>A case as its matter knows it in a simulated year: whose it is, how its party is, what stands in it.</summary>
internal interface ISimulatedCase
{
    TownPlan Plan { get; }

    /// <summary>Number of the case.</summary>
    string Number { get; }

    /// <summary>Id of its party.</summary>
    string PartyId { get; }

    /// <summary>What it is about; null where the procedure takes no item.</summary>
    PowerItem? Item { get; }

    Traits Traits { get; }

    /// <summary>The case's own draws. Numbers up to 909 are the simulator's; a value draws by a number of its own.</summary>
    RandomStream Random { get; }

    /// <summary>Draws of the present step alone.</summary>
    RandomStream StepRandom { get; }

    /// <summary>Who does the present step, the lead first.</summary>
    ImmutableArray<string> Officers { get; }

    /// <summary>Code of the present step.</summary>
    string Step { get; }

    /// <summary>Code of its ending; null while it is open.</summary>
    string? Ending { get; }

    /// <summary>A field as it stands; null where it isn't filled in.</summary>
    string? Value(string field);
}

/// <summary>Somebody is about to act on a case: what the worked-out values and conditions of a scenario read.</summary>
/// <param name="Day">The day in the town.</param>
internal readonly record struct Acting(ISimulatedCase Case, DateOnly Day, LawBook Law, WorkCalendar Calendar);
