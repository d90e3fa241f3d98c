using Orleans.Concurrency;

namespace TownReform;

/// <summary>The town's establishment (编制). Keyed world/town. The one owner of posts: never over the approved number, under any concurrency (D2).</summary>
[Alias("establishment")]
public interface IEstablishmentGrain : IGrainWithStringKey
{
    [ReadOnly, Alias("read")]
    Task<Outcome<EstablishmentView>> ReadAsync();
}

/// <summary>Posts approved and held, by class.</summary>
[GenerateSerializer, Immutable, Alias("establishment-view")]
public sealed record EstablishmentView(string Town, int ApprovedAdministrative, int HeldAdministrative, int ApprovedInstitution, int HeldInstitution);
