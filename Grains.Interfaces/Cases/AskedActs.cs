using System.Collections.Immutable;

namespace TownReform;

/// <summary>What somebody may do with a case at a moment, and why not (为什么不能办): the answer to <see cref="ICaseGrain.AskAsync"/>. Nothing of
/// it is recorded.</summary>
/// <param name="Version">Version of the case that was looked at; a command can name it (<see cref="ActOnCase.AtVersion"/>).</param>
/// <param name="Step">Present step, by name; null when the case has ended.</param>
/// <param name="Acts">The acts of the present step, then those that are possible anywhere; what only the system does is left out. Empty
/// when the case has ended.</param>
[GenerateSerializer, Immutable, Alias("asked-acts")]
public sealed record AskedActs(string Number, long Version, Words? Step, ImmutableArray<AskedAct> Acts);

/// <summary>An act that somebody asked about.</summary>
/// <param name="Act">Code of the act.</param>
/// <param name="To">Where it leads: name of the next step, or of the ending.</param>
/// <param name="Ends">It ends the case.</param>
/// <param name="Decides">It exercises the power: authority is checked at that instant.</param>
/// <param name="Anywhere">It is possible at every step.</param>
/// <param name="Fields">What is filled in for it.</param>
/// <param name="Refusal">Why it isn't possible; null where only what is filled in can still be refused.</param>
[GenerateSerializer, Immutable, Alias("asked-act")]
public sealed record AskedAct(
    string Act,
    Words Name,
    Words To,
    bool Ends,
    bool Decides,
    bool Anywhere,
    ImmutableArray<ListedField> Fields,
    Refusal? Refusal
);

/// <summary>What a command would lead to (办理预览), by the same rules as the command itself. Nothing of it is recorded, and nobody is
/// bound by it: authority is asked again at the act.</summary>
/// <param name="Version">Version of the case that was looked at; 0 before it is opened.</param>
/// <param name="After">The case as it would stand then, without a number of its own before it is opened. Its officers are named only where
/// the procedure names them: a workplace picks them when the work comes.</param>
/// <param name="Step">Name of the next step, or of the ending.</param>
/// <param name="Who">Who does the next step; null when the case ends.</param>
[GenerateSerializer, Immutable, Alias("case-outlook")]
public sealed record CaseOutlook(long Version, CaseView After, Words Step, Words? Who);

/// <summary>Those who may be named in a field of an act.</summary>
/// <param name="People">As the town's record has them, in the order of its plan.</param>
[GenerateSerializer, Immutable, Alias("nameable-people")]
public sealed record NameablePeople(ImmutableArray<StaffFacts> People)
{
    public static NameablePeople Nobody { get; } = new([]);
}
