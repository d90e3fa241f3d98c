namespace TownReform.Grains.Inside;

/// <summary>Who fills and frees posts: the town when it takes people on. Not for clients.</summary>
[Alias("establishment-inside")]
public interface IEstablishmentInside : IEstablishmentGrain
{
    /// <summary>Fills a post of a class; refused beyond the approved number, or when the person already holds one.</summary>
    [Alias("appoint")]
    Task<Outcome<EstablishmentView>> AppointAsync(AppointToPost command);

    /// <summary>Frees the post that a person holds; refused when they hold none.</summary>
    [Alias("release")]
    Task<Outcome<EstablishmentView>> ReleaseAsync(ReleasePost command);
}
