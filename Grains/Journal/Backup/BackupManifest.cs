using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using TownReform.Grains.Journal.Audit;

namespace TownReform.Grains.Journal.Backup;

/// <summary>What a backup's folder says of itself (<c>backup.json</c>).</summary>
/// <param name="Form">1: the record alone; 2: what lies beside it too. A later form gets the next number.</param>
/// <param name="Store"><c>sqlite</c> or <c>postgres</c>: what it was made of, and what it can be restored to.</param>
/// <param name="Made">When, UTC.</param>
/// <param name="Commit">Number of the last commit (on PostgreSQL that of one writer); null of an empty record.</param>
/// <param name="Root">Its root, in hex.</param>
/// <param name="Practice">How far the clock of a practice town (培训环境) had come; null of a real one.</param>
public sealed record BackupManifest(
    int Form,
    string Store,
    DateTimeOffset Made,
    long Records,
    long Streams,
    long Commits,
    long? Commit,
    string? Root,
    ImmutableArray<BackupFile> Files,
    DateTimeOffset? Practice = null
)
{
    public const string FileName = "backup.json",
        Sqlite = "sqlite",
        Postgres = "postgres";

    public const int PresentForm = 2;

    /// <param name="report">What verifying has found; it is whole.</param>
    public static BackupManifest Of(string store, DateTimeOffset made, ChainReport report, IEnumerable<BackupFile> files) =>
        new(
            Form: PresentForm,
            Store: store,
            Made: made,
            Records: report.Records,
            Streams: report.Streams,
            Commits: report.Commits,
            Commit: report.Checkpoint?.Commit,
            Root: report.Checkpoint?.Root,
            Files: [.. files]
        );

    /// <summary>The end of the chain of commits, as <c>--checkpoint</c> takes it.</summary>
    [JsonIgnore]
    public ChainCheckpoint? Checkpoint => Commit is { } commit && Root is { } root ? new ChainCheckpoint(commit, root) : null;

    public void Write(string folder) =>
        File.WriteAllBytes(Path.Combine(folder, FileName), JsonSerializer.SerializeToUtf8Bytes(this, BackupJson.Default.BackupManifest));

    /// <summary>Reads a backup's manifest and makes sure that its files are those that were written.</summary>
    /// <exception cref="BackupException">It is no backup, of a later form, or a file is missing or was changed.</exception>
    public static BackupManifest Read(string folder, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            throw new BackupException(
                new($"{folder} 不是备份：其中没有 {FileName}。", $"{folder} is no backup: there is no {FileName} in it.")
            );
        }

        var manifest = Parse(path);
        foreach (var file in manifest.Files)
        {
            cancellation.ThrowIfCancellationRequested();
            var kept = Inside(folder, file.Name);
            if (!File.Exists(kept) || BackupFile.Of(kept, file.Columns) is var now && (now.Bytes, now.Sha256) != (file.Bytes, file.Sha256))
            {
                throw new BackupException(
                    new(
                        $"备份文件 {kept} 缺失或已被改动，未恢复。",
                        $"File {kept} of the backup is missing or was changed; nothing was restored."
                    )
                );
            }
        }

        return manifest;
    }

    /// <summary>Place of a file below a folder, whatever somebody has written into the manifest.</summary>
    /// <exception cref="BackupException">The name leads elsewhere.</exception>
    public static string Inside(string folder, string name) =>
        name.Split('/').All(part => part is not ("" or "." or "..") && !part.Any(sign => sign is '\\' or ':' || char.IsControl(sign)))
            ? Path.Combine(folder, name)
            : throw new BackupException(
                new($"备份中的文件名“{name}”有误，未恢复。", $"'{name}' is no name of a backup's file; nothing was restored.")
            );

    private static BackupManifest Parse(string path)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize(File.ReadAllBytes(path), BackupJson.Default.BackupManifest)!;
            return manifest.Form is 1 or PresentForm && manifest.Store is Sqlite or Postgres && !manifest.Files.IsDefaultOrEmpty
                ? manifest
                : throw new BackupException(
                    new(
                        $"{path} 的格式 {manifest.Form} 由更新的版本写成。",
                        $"Form {manifest.Form} of {path} was written by a newer version."
                    )
                );
        }
        catch (JsonException e)
        {
            throw new BackupException(new($"{path} 无法解读：{e.Message}", $"{path} can't be read: {e.Message}"));
        }
    }
}

/// <summary>A file of a backup.</summary>
/// <param name="Sha256">In hex.</param>
/// <param name="Columns">Of a table's rows, the columns in their order; null of a whole database file.</param>
public sealed record BackupFile(string Name, long Bytes, string Sha256, string? Columns = null)
{
    public static BackupFile Of(string path, string? columns = null)
    {
        using var file = File.OpenRead(path);
        return new(Path.GetFileName(path), file.Length, Convert.ToHexStringLower(SHA256.HashData(file)), columns);
    }
}

/// <summary>A backup or its restoration can't be; nothing is left half done.</summary>
public sealed class BackupException(Words words) : Exception(words.En)
{
    public Words Words { get; } = words;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(BackupManifest))]
internal sealed partial class BackupJson : JsonSerializerContext;
