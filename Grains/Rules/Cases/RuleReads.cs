using System.Collections.Immutable;

namespace TownReform.Grains.Rules.Cases;

/// <summary>All that a rule or an effect reads of a case: the loader holds it against the procedures that name it, and the grain gathers by
/// it.</summary>
/// <param name="Fields">Fields of the procedure.</param>
/// <param name="Subject">What the case or its step must have.</param>
/// <param name="Facts">What has to be asked of other grains.</param>
/// <param name="People">Fields that name staff whose facts are read.</param>
public sealed record CaseReads(ImmutableArray<FieldRead> Fields, RuleSubject Subject, FactNeeds Facts, ImmutableArray<string> People);

/// <summary>A field that a rule reads. The loader binds it to the procedures that ask the rule, so that a name spelled otherwise can't make
/// a rule of law pass.</summary>
/// <param name="Types">Types that the rule can read, the usual one first.</param>
/// <param name="When">How sure the field must be.</param>
public sealed record FieldRead(string Name, ReadWhen When, params ImmutableArray<FieldType> Types);

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

/// <summary>Facts beyond the case and the actor that cost a question to another grain.</summary>
[Flags]
public enum FactNeeds
{
    None = 0,
    Holding = 1,
    Person = 2,
    BureauPeople = 4,

    /// <summary>Who owns the case, as staff.</summary>
    Owner = 8,
}
