using System.Runtime.InteropServices;

namespace TownReform.Grains.Audit.EndState;

/// <summary>A command as recorded, or as a client says that it was answered.</summary>
/// <param name="Stream">Number of its stream.</param>
/// <param name="Version">Version of its record; 0 for what a client says.</param>
/// <param name="Kind">Number of the record's kind, or of what the client says was done; 0 for nothing said.</param>
/// <param name="Act">Number of the act that was taken; 0 for none.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct CommandEntry(Guid Id, long Version, int Stream, short Kind, short Act)
{
    public bool IsRecorded => Version > 0;
}

/// <summary>
/// Puts commands on sheets by their ids, so that each sheet can be looked at alone. Full sheets go to a temporary file: memory doesn't grow
/// with the number of commands beyond that of one sheet.
/// </summary>
internal sealed class CommandSheets : IDisposable
{
    private const int Sheets = 256;

    /// <summary>Entries of a sheet in memory; all together at most some 30 MB.</summary>
    private const int Kept = 4096;

    private readonly List<CommandEntry>[] sheets = [.. Enumerable.Range(0, Sheets).Select(_ => new List<CommandEntry>())];
    private readonly List<long>[] written = [.. Enumerable.Range(0, Sheets).Select(_ => new List<long>())];
    private readonly int kept;
    private FileStream? file;

    public CommandSheets(int kept = Kept) => this.kept = kept;

    public void Add(CommandEntry entry)
    {
        // The last byte: ids of version 4 and 8 are random there.
        Span<byte> id = stackalloc byte[16];
        entry.Id.TryWriteBytes(id);
        var sheet = sheets[id[15]];
        sheet.Add(entry);
        if (sheet.Count == kept)
        {
            Write(id[15]);
        }
    }

    /// <summary>Every sheet, whole. All entries of one id are on one sheet.</summary>
    public IEnumerable<List<CommandEntry>> Read()
    {
        for (var n = 0; n < Sheets; n++)
        {
            var sheet = sheets[n];
            foreach (var at in written[n])
            {
                var page = new CommandEntry[kept];
                file!.Position = at;
                file.ReadExactly(MemoryMarshal.AsBytes(page.AsSpan()));
                sheet.AddRange(page);
            }

            yield return sheet;
            sheet.Clear();
            sheet.Capacity = 0;
        }
    }

    public void Dispose() => file?.Dispose();

    private void Write(int n)
    {
        file ??= new FileStream(
            Path.GetTempFileName(),
            FileMode.Create,
            FileAccess.ReadWrite,
            FileShare.None,
            1 << 16,
            FileOptions.DeleteOnClose
        );
        written[n].Add(file.Length);
        file.Position = file.Length;
        file.Write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(sheets[n])));
        sheets[n].Clear();
    }
}
