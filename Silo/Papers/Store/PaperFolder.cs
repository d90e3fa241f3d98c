using TownReform.Grains.Journal.Storage;

namespace TownReform.Silo.Papers.Store;

/// <summary>Papers in a folder of the live town, in folders by the first two letters of their hash.</summary>
internal sealed class PaperFolder : IPaperFiles
{
    private readonly string folder;

    /// <summary>No draft is on its way in for so long.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    public PaperFolder(string folder, TimeProvider time)
    {
        this.folder = OwnersOnly.Make(folder);
        foreach (var left in Directory.EnumerateFiles(folder, $"{PaperDraft.NewName}*"))
        {
            // What a crash has left of a draft is nobody's; a new one may be that of a process beside this one.
            if (File.GetLastWriteTimeUtc(left) < time.GetUtcNow().UtcDateTime - Abandoned)
            {
                File.Delete(left);
            }
        }
    }

    public string Drafts => folder;

    public Task KeepAsync(PaperDraft draft, CancellationToken cancellation)
    {
        var place = PlaceOf(draft.Sha256);
        OwnersOnly.Make(Path.GetDirectoryName(place)!);
        if (!File.Exists(place))
        {
            // Another process may keep the same file at the same moment.
            File.Move(draft.Path, place, overwrite: true);
        }

        return Task.CompletedTask;
    }

    public async Task<bool> CopyToAsync(string sha256, Stream to, CancellationToken cancellation)
    {
        if (!File.Exists(PlaceOf(sha256)))
        {
            return false;
        }

        await using var file = File.OpenRead(PlaceOf(sha256));
        await file.CopyToAsync(to, cancellation);
        return true;
    }

    public Task DeleteAsync(string sha256, CancellationToken cancellation)
    {
        File.Delete(PlaceOf(sha256));
        return Task.CompletedTask;
    }

    // Callers have made sure that it is a hash; nothing else becomes a path.
    private string PlaceOf(string sha256) => Path.Combine(folder, sha256[..2], sha256);
}
