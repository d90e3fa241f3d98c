namespace TownReform.Silo.Papers.Store;

/// <summary>Where the content of papers lies, by its hash.</summary>
internal interface IPaperFiles
{
    /// <summary>Where drafts lie.</summary>
    string Drafts { get; }

    /// <summary>Keeps a draft; one that is there already stays as it is.</summary>
    Task KeepAsync(PaperDraft draft, CancellationToken cancellation);

    /// <summary>Writes the content of a paper; false when it isn't there.</summary>
    Task<bool> CopyToAsync(string sha256, Stream to, CancellationToken cancellation);

    Task DeleteAsync(string sha256, CancellationToken cancellation);
}
