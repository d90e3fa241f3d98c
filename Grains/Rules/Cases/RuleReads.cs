using TownReform.Grains.Seeds;

namespace TownReform.Grains.Rules.Cases;

/// <summary>A field that a rule reads. The loader binds it to the procedures that ask the rule, so that a name spelled otherwise can't make a rule of law pass.</summary>
/// <param name="Types">Types that the rule can read, the usual one first.</param>
/// <param name="When">How sure the field must be.</param>
public sealed record FieldRead(string Name, ReadWhen When, params FieldType[] Types);

/// <summary>How sure a field must be where a rule reads it.</summary>
public enum ReadWhen
{
    /// <summary>The case has a value on every way that leads to the rule; a missing one is refused.</summary>
    Always = 1,

    /// <summary>It may be left out, and that means something; so the procedure must be able to take it.</summary>
    Offered = 2,

    /// <summary>It may be unknown to the procedure: without it the rule is at its strictest.</summary>
    IfKnown = 3,
}

/// <summary>What else than fields a rule reads.</summary>
[Flags]
public enum RuleSubject
{
    Any = 0,

    /// <summary>A catalogue item.</summary>
    Item = 1,

    /// <summary>A member of staff.</summary>
    Person = 2,

    /// <summary>The limit of the step at which it is asked.</summary>
    StepLimit = 4,
}
