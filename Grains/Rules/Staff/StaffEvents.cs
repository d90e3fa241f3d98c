using TownReform.Grains.Rules.Records;

namespace TownReform.Grains.Rules.Staff;

/// <summary>What can happen to a member of staff.</summary>
public abstract record StaffEvent : RecordedEvent;

public sealed record StaffHired(StaffFacts Particulars) : StaffEvent
{
    public const string DurableName = "staff.hired";

    protected override string Name => DurableName;
}

/// <summary>Both days inclusive.</summary>
public sealed record LeaveTaken(DateOnly From, DateOnly Until) : StaffEvent
{
    public const string DurableName = "staff.leave-taken";

    protected override string Name => DurableName;
}

/// <summary>An approved secondment starts, or is lengthened when the case is known. Both days inclusive.</summary>
public sealed record SecondmentBegun(string Case, string To, DateOnly From, DateOnly Until) : StaffEvent
{
    public const string DurableName = "staff.secondment-begun";

    protected override string Name => DurableName;
}

public sealed record SecondmentEnded(string Case, DateOnly LastDay) : StaffEvent
{
    public const string DurableName = "staff.secondment-ended";

    protected override string Name => DurableName;
}

/// <summary>The person's post was freed: from that moment on they hold no office of the town.</summary>
public sealed record OfficeEnded(DateTimeOffset From) : StaffEvent
{
    public const string DurableName = "staff.office-ended";

    protected override string Name => DurableName;
}

/// <summary>Somebody whose post was freed has one again.</summary>
public sealed record OfficeResumed(DateTimeOffset From) : StaffEvent
{
    public const string DurableName = "staff.office-resumed";

    protected override string Name => DurableName;
}

public sealed record StaffRefused(Refused Refused) : StaffEvent, IRefused
{
    public const string DurableName = "staff.refused";

    protected override string Name => DurableName;
}
