using Microsoft.AspNetCore.Http;
using TownReform.Silo.Api.Conventions;

namespace TownReform.Silo.Simulations;

/// <summary>An address about a held world, in its parts.</summary>
/// <param name="World">Name of the world, as it was sent.</param>
/// <param name="Place">Code of the town or county whose office is meant: offices of two towns have the same code. Null for none.</param>
/// <param name="Prefix">What is taken off the address of a page; empty for the API, whose root stays.</param>
/// <param name="Rest">The address of the same thing in the live world; the world's own page for none.</param>
internal sealed record HeldAddress(string World, string? Place, PathString Prefix, PathString Rest)
{
    /// <summary>Root of the pages of held worlds.</summary>
    public const string Pages = "/worlds";

    private const string Api = ApiPaths.Root + Pages;

    /// <summary>Parts of addresses before which a place stands.</summary>
    private static readonly string[] OfPlaces = ["o", "county"];

    /// <returns>Null where the address is about the live world.</returns>
    public static HeldAddress? Of(PathString path)
    {
        if (path.StartsWithSegments(Api, StringComparison.Ordinal, out var below) && Split(below) is [{ Length: > 0 } of, var asked])
        {
            return new(of, null, default, $"{ApiPaths.Root}/{asked}");
        }

        if (
            !path.StartsWithSegments(Pages, StringComparison.Ordinal, out below) || Split(below) is not [{ Length: > 0 } world, .. var rest]
        )
        {
            return null;
        }

        // The page of the world itself has no counterpart, and there is no world within a world.
        if (rest is not [{ Length: > 0 } page] || page.StartsWith(Pages[1..], StringComparison.OrdinalIgnoreCase))
        {
            return new(world, null, default, path);
        }

        return page.Split('/') is [var place, var next, ..] && OfPlaces.Contains(next, StringComparer.Ordinal)
            ? new(world, place, $"{Pages}/{world}/{place}", page[place.Length..])
            : new(world, null, $"{Pages}/{world}", $"/{page}");
    }

    private static string[] Split(PathString below) => (below.Value ?? "").TrimStart('/').Split('/', 2);
}
