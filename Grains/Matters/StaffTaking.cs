using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Staff;

namespace TownReform.Grains.Matters;

/// <summary>What the record of a member of staff does with an effect of a matter. Pure.</summary>
/// <param name="Effect">Type of the effect.</param>
/// <param name="Act">By which a refusal goes on record.</param>
/// <param name="Take">Over the record as it is, for the person of that id, under the town's policy; null when it changes nothing.</param>
public sealed record StaffTaking(Type Effect, string Act, Func<StaffState, string, Effect, TownPolicy, Outcome<StaffEvent>?> Take);
