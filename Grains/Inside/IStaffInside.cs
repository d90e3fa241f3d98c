namespace TownReform.Grains.Inside;

/// <summary>What the town and its cases tell a member of staff. Not for clients.</summary>
[Alias("staff-inside")]
public interface IStaffInside : IStaffGrain, IEffectReceiver
{
    /// <summary>Takes somebody on; the post must already be held for them at the Establishment. Refused when the id is already known with
    /// other particulars.</summary>
    [Alias("hire")]
    Task<Outcome<StaffFacts>> HireAsync(HireStaff command);
}

[GenerateSerializer, Immutable, Alias("hire-staff")]
public sealed record HireStaff(Stamp Stamp, StaffFacts Particulars);
