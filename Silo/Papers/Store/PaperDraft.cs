using System.Buffers;
using System.Security.Cryptography;
using TownReform.Grains.Journal.Storage;
using TownReform.Grains.Rules.Cases;

namespace TownReform.Silo.Papers.Store;

/// <summary>A file on its way in: written to disk while it is hashed, under a name of our own. Gone when nobody keeps it.</summary>
internal sealed class PaperDraft : IDisposable
{
    private const int Together = 64 * 1024;

    private PaperDraft(string path, PaperKind kind, long bytes, string sha256) => (Path, Kind, Bytes, Sha256) = (path, kind, bytes, sha256);

    public string Path { get; }

    public PaperKind Kind { get; }

    public long Bytes { get; }

    public string Sha256 { get; }

    /// <param name="folder">Where it lies meanwhile.</param>
    /// <param name="content">Read to its end, or until it is too large.</param>
    /// <param name="name">Its own name, for its ending alone.</param>
    /// <exception cref="PaperRefusedException">It isn't taken.</exception>
    /// <exception cref="IOException">It could not be written.</exception>
    public static async Task<PaperDraft> ReadAsync(string folder, Stream content, string name, CancellationToken cancellation)
    {
        var kind = PaperKinds.OfName(name) ?? throw new PaperRefusedException(PaperFault.KindUnknown);
        var path = System.IO.Path.Combine(folder, $"{NewName}{RandomNumberGenerator.GetHexString(32, lowercase: true)}");
        try
        {
            var (bytes, sha256, head) = await WriteAsync(path, content, cancellation);
            return bytes == 0 ? throw new PaperRefusedException(PaperFault.Empty)
                : PaperKinds.Is(kind, head, path) ? new PaperDraft(path, kind, bytes, sha256)
                : throw new PaperRefusedException(PaperFault.KindWrong);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Names of drafts begin so: what a crash has left of one is known by it.</summary>
    public const string NewName = "new-";

    public void Dispose() => File.Delete(Path);

    private static async Task<(long Bytes, string Sha256, byte[] Head)> WriteAsync(
        string path,
        Stream content,
        CancellationToken cancellation
    )
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (buffer, head, bytes) = (ArrayPool<byte>.Shared.Rent(Together), Array.Empty<byte>(), 0L);
        try
        {
            await using var file = new FileStream(path, OwnersOnly.NewFile(FileMode.CreateNew));
            while (await content.ReadAtLeastAsync(buffer, PaperKinds.Head, throwOnEndOfStream: false, cancellation) is > 0 and var read)
            {
                bytes += read;
                if (bytes > PaperLists.MostOfOne)
                {
                    throw new PaperRefusedException(PaperFault.TooLarge);
                }

                head = head.Length == 0 ? buffer[..Math.Min(read, PaperKinds.Head)] : head;
                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
            }

            file.Flush(flushToDisk: true);
            return (bytes, Convert.ToHexStringLower(hash.GetHashAndReset()), head);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
