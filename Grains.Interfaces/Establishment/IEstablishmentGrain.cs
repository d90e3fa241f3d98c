using Orleans.Concurrency;

namespace TownReform;

/// <summary>The town's establishment (编制). Keyed world/town. The one owner of posts: never over the approved number, under any concurrency
/// (D2).</summary>
[Alias("establishment")]
public interface IEstablishmentGrain : IGrainWithStringKey
{
    /// <summary>Fills a post of a class, by somebody of personnel; refused beyond the approved number, or when the person already holds
    /// one.</summary>
    [Alias("fill-post")]
    Task<Outcome<EstablishmentView>> FillPostAsync(AppointToPost command);

    /// <summary>Frees the post that a person holds, by somebody of personnel; refused when they hold none.</summary>
    [Alias("free-post")]
    Task<Outcome<EstablishmentView>> FreePostAsync(ReleasePost command);

    [ReadOnly, Alias("read")]
    Task<Outcome<EstablishmentView>> ReadAsync();
}

[GenerateSerializer, Immutable, Alias("appoint-to-post")]
public sealed record AppointToPost(Stamp Stamp, string Staff, PostClass Class);

[GenerateSerializer, Immutable, Alias("release-post")]
public sealed record ReleasePost(Stamp Stamp, string Staff);

/// <summary>Posts approved and held, by class.</summary>
[GenerateSerializer, Immutable, Alias("establishment-view")]
public sealed record EstablishmentView(
    string Town,
    int ApprovedAdministrative,
    int HeldAdministrative,
    int ApprovedInstitution,
    int HeldInstitution
);
