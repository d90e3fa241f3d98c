using System.Runtime.InteropServices;
using TownReform.Grains.Journal;

namespace TownReform.Grains.Audit.EndState;

/// <summary>A command that was answered, as a client has kept it.</summary>
/// <param name="Stream">Stream without the world, such as <c>case/YD00000012</c>.</param>
/// <param name="What">Kind of the record (<c>case.act-refused</c>, <c>establishment.post-filled</c>), or the act of a case that was taken
/// (<c>open</c>, <c>grant</c>); null when it isn't known.</param>
public sealed record AcknowledgedCommand(Guid CommandId, string Stream, string? What = null);

/// <summary>Each command is on its stream once, and each that a client was answered is there.</summary>
internal sealed class CommandsCheck(Findings once, Findings acknowledged) : IDisposable
{
    private readonly CommandSheets sheets = new();
    private readonly Dictionary<string, int> streams = new(StringComparer.Ordinal);
    private readonly List<string> names = [];
    private readonly Dictionary<string, short> words = new(StringComparer.Ordinal);
    private readonly List<string> said = [""];

    public void Take(JournalRecord record, string? act)
    {
        once.Look();
        sheets.Add(
            new CommandEntry(record.CommandId, record.Version, Stream(record.Stream), Word(record.Kind), act is null ? (short)0 : Word(act))
        );
    }

    public void Acknowledge(AcknowledgedCommand command) =>
        sheets.Add(
            new CommandEntry(
                command.CommandId,
                0,
                Stream(command.Stream),
                string.IsNullOrEmpty(command.What) ? (short)0 : Word(command.What),
                0
            )
        );

    public void Dispose() => sheets.Dispose();

    public void Finish()
    {
        foreach (var sheet in sheets.Read())
        {
            sheet.Sort(
                static (a, b) =>
                    a.Id.CompareTo(b.Id) is var id and not 0 ? id
                    : a.Stream.CompareTo(b.Stream) is var stream and not 0 ? stream
                    : b.Version.CompareTo(a.Version)
            );
            for (var (i, end) = (0, 0); i < sheet.Count; i = end)
            {
                end = i + 1;
                while (end < sheet.Count && sheet[end].Id == sheet[i].Id && sheet[end].Stream == sheet[i].Stream)
                {
                    end++;
                }

                Judge(CollectionsMarshal.AsSpan(sheet)[i..end]);
            }
        }
    }

    // Records first, the latest before the earlier ones; then what clients say.
    private void Judge(ReadOnlySpan<CommandEntry> same)
    {
        var records = 0;
        while (records < same.Length && same[records].IsRecorded)
        {
            records++;
        }

        var (id, stream) = (same[0].Id, names[same[0].Stream]);
        for (var i = 0; i < records - 1; i++)
        {
            once.Breach(
                stream,
                same[i].Version,
                $"命令 {id} 已记于第 {same[records - 1].Version} 条。",
                $"Command {id} was recorded before, as {same[records - 1].Version}."
            );
        }

        if (records == same.Length)
        {
            return;
        }

        acknowledged.Look();
        if (records == 0)
        {
            acknowledged.Breach(stream, null, $"已答复的命令 {id} 不在记录中。", $"Command {id} was answered, and is not on record.");
            return;
        }

        foreach (var told in same[records..])
        {
            var recorded = same[records - 1];
            if (told.Kind != 0 && told.Kind != recorded.Kind && told.Kind != recorded.Act)
            {
                acknowledged.Breach(
                    stream,
                    recorded.Version,
                    $"命令 {id} 所得答复是 {said[told.Kind]}，记录为 {said[recorded.Kind]}。",
                    $"Command {id} was answered as {said[told.Kind]}, and recorded as {said[recorded.Kind]} {said[recorded.Act]}."
                );
                return;
            }
        }
    }

    private int Stream(string stream)
    {
        if (!streams.TryGetValue(stream, out var number))
        {
            streams.Add(stream, number = names.Count);
            names.Add(stream);
        }

        return number;
    }

    private short Word(string word)
    {
        if (!words.TryGetValue(word, out var number))
        {
            words.Add(word, number = checked((short)said.Count));
            said.Add(word);
        }

        return number;
    }
}
