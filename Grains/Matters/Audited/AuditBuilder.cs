using TownReform.Grains.Rules.Staff;

namespace TownReform.Grains.Matters.Audited;

/// <summary>Takes a matter's part of the end-state audit: what its cases cause on the records of people. What holds for its cases
/// themselves is <see cref="ProcedureBuilder.AlwaysTrue"/>.</summary>
internal sealed class AuditBuilder
{
    public List<StaffFollowUp> Staff { get; } = [];

    public List<Type> Kept { get; } = [];

    /// <summary>Effects of this type are kept for each case, so that claims can be compared with them.</summary>
    public AuditBuilder Keep<TEffect>()
        where TEffect : Effect
    {
        Kept.Add(typeof(TEffect));
        return this;
    }

    /// <summary>An event on somebody's record that has to be what its rule leads to.</summary>
    public AuditBuilder OnStaff<TEvent>(Func<StaffOnRecord, TEvent, Outcome<StaffEvent>?> ask)
        where TEvent : StaffEvent
    {
        Staff.Add(new(typeof(TEvent), (at, it) => ask(at, (TEvent)it), static (_, _) => null, static (_, _) => null));
        return this;
    }

    /// <summary>The same of one that the law is asked about besides, and whose case has to bear it out.</summary>
    public AuditBuilder OnStaff<TEvent>(
        Func<StaffOnRecord, TEvent, Outcome<StaffEvent>?> ask,
        Func<StaffOnRecord, TEvent, Refusal?> against,
        Func<StaffOnRecord, TEvent, CaseClaim> claim
    )
        where TEvent : StaffEvent
    {
        Staff.Add(
            new(typeof(TEvent), (at, it) => ask(at, (TEvent)it), (at, it) => against(at, (TEvent)it), (at, it) => claim(at, (TEvent)it))
        );
        return this;
    }
}
