namespace TownReform.Grains.Journal.Storage;

/// <summary>A file of the town can't be used; says which, why, and what to do.</summary>
public sealed class StoredFileException(string path, Exception inner)
    : IOException($"{path}：{StorageFaults.Of(inner).Zh} / {path}: {StorageFaults.Of(inner).En}", inner)
{
    public Words Words { get; } = new($"{path}：{StorageFaults.Of(inner).Zh}", $"{path}: {StorageFaults.Of(inner).En}");
}
