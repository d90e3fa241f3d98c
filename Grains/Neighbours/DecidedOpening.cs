using TownReform.Grains.Journal;
using TownReform.Grains.Rules.Cases;

namespace TownReform.Grains.Neighbours;

/// <summary>An opening that the intake has decided and the case is about to record, on the same silo: the rules are asked once.</summary>
internal sealed record DecidedOpening(OpenCase Command, CaseDecision<CaseOpened> Decision, CaseFacts Facts, CommandDigest? Digest);
