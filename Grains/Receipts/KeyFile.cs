using System.Text.Json;
using TownReform.Grains.Journal.Storage;

namespace TownReform.Grains.Receipts;

/// <summary>Where keys that sign are kept.</summary>
internal interface IKeyStore
{
    /// <summary>All keys, oldest first.</summary>
    Task<IReadOnlyList<StoredKey>> ReadAsync(CancellationToken cancellation);

    /// <summary>Keeps a new key, after which only that one signs: the private halves of the others are erased. Nothing is done where
    /// another key than <paramref name="instead"/> signs by now.</summary>
    /// <param name="instead">Id of the key that signed before; null for none.</param>
    Task ReplaceAsync(string? instead, StoredKey key, CancellationToken cancellation);
}

/// <summary>Keys of a town in a folder: one file, its owner's alone.</summary>
internal sealed class KeyFile(string folder) : IKeyStore
{
    public const string Name = "townreform.keys";

    private const int Form = 1;

    private string Place => Path.Combine(folder, Name);

    public Task<IReadOnlyList<StoredKey>> ReadAsync(CancellationToken cancellation) => Task.FromResult(Read());

    public Task ReplaceAsync(string? instead, StoredKey key, CancellationToken cancellation)
    {
        var keys = Read();
        if ((keys.Count == 0 ? null : keys[^1].Id) == instead)
        {
            Write([.. keys.Select(old => old with { Private = null }), key]);
        }

        return Task.CompletedTask;
    }

    private IReadOnlyList<StoredKey> Read()
    {
        if (!File.Exists(Place))
        {
            return [];
        }

        try
        {
            return
                JsonSerializer.Deserialize(File.ReadAllBytes(Place), ReceiptJson.Default.KeyFileContent) is { Form: Form, Keys: { } keys }
                ? keys
                : throw new JsonException("form");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoredFileException(Place, e);
        }
        catch (JsonException)
        {
            throw new StoredFileException(
                Place,
                new InvalidDataException(
                    "签名密钥文件已损坏；请从备份恢复。若将其移走，将生成新密钥，此前的回执只能用另存的公钥核对 / The file of signing keys is damaged: "
                        + "restore it from a backup. If you move it away a new key is made, and receipts of before can be checked only by "
                        + "public keys that were kept elsewhere"
                )
            );
        }
    }

    // Whole or not at all: a torn file would be the end of every receipt's key.
    private void Write(StoredKey[] keys)
    {
        var next = $"{Place}.new";
        using (var file = new FileStream(next, OwnersOnly.NewFile(FileMode.Create)))
        {
            JsonSerializer.Serialize(file, new KeyFileContent(Form, keys), ReceiptJson.Default.KeyFileContent);
            file.Flush(flushToDisk: true);
        }

        File.Move(next, Place, overwrite: true);
    }
}

internal sealed record KeyFileContent(int Form, IReadOnlyList<StoredKey> Keys);

/// <summary>Keys of a town in memory, which lives no longer than they do.</summary>
internal sealed class KeysInMemory : IKeyStore
{
    private IReadOnlyList<StoredKey> keys = [];

    public Task<IReadOnlyList<StoredKey>> ReadAsync(CancellationToken cancellation) => Task.FromResult(keys);

    public Task ReplaceAsync(string? instead, StoredKey key, CancellationToken cancellation)
    {
        keys = [.. keys.Select(old => old with { Private = null }), key];
        return Task.CompletedTask;
    }
}
