using TownReform.Grains.Journal.Storage;

namespace TownReform.Silo.Papers.Store;

/// <summary>Papers in a folder of the live town, in folders by the first two letters of their hash.</summary>
internal sealed class PaperFolder : IPaperFiles
{
    private readonly string folder;

    public PaperFolder(string folder)
    {
        this.folder = OwnersOnly.Make(folder);
        foreach (var left in Directory.EnumerateFiles(folder, $"{PaperDraft.NewName}*"))
        {
            // One process has the folder, so what a crash has left of a draft is nobody's.
            File.Delete(left);
        }
    }

    public string Drafts => folder;

    public Task KeepAsync(PaperDraft draft, CancellationToken cancellation)
    {
        var place = PlaceOf(draft.Sha256);
        OwnersOnly.Make(Path.GetDirectoryName(place)!);
        if (!File.Exists(place))
        {
            File.Move(draft.Path, place);
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
