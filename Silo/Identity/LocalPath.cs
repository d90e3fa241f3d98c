namespace TownReform.Silo.Identity;

/// <summary>Where somebody came from before they signed in: a page of this site, never another's.</summary>
internal static class LocalPath
{
    private const int Longest = 1000;

    /// <summary>The path when it leads nowhere else; null otherwise.</summary>
    public static string? Of(string? path) =>
        path is ['/', ..] and { Length: <= Longest }
        && path is not ['/', '/' or '\\', ..]
        && !path.Any(letter => char.IsControl(letter) || letter is '\\' or > '~')
            ? path
            : null;
}
