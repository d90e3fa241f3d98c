using System.Diagnostics.CodeAnalysis;
using TownReform.Grains.Journal;

namespace TownReform.Grains.Recording;

/// <summary>
/// Which commands are on a stream, in memory that doesn't grow with it. The ids of the last records stay at hand: at least one page, fewer
/// than two.
/// Of an older page only the span of its moments stays. What is repeated is the same command at the same moment (an effect keeps its moment
/// in the outbox
/// as long as it isn't taken for arrived; it is recorded at that moment or later), so an effect that lies after an older page can't be on
/// it: it is known to
/// be new without a look. A client may send an id again under a new moment, so its ids are looked for on every page. What a page may hold
/// is known from
/// a filter once the page has been read; else it is read from the journal, which forgets nothing.
/// </summary>
/// <remarks>
/// <para>Commands may be added while one is looked for: a seal's are, by the cases beside it.</para>
/// </remarks>
/// <param name="page">Records to a page.</param>
public sealed class RecordedCommands(int page = RecordedCommands.Page)
{
    /// <summary>Records to a page, unless told otherwise.</summary>
    public const int Page = 4096;

    /// <summary>More ids than this are indexed; fewer are scanned.</summary>
    private const int IndexAbove = 32;

    private readonly List<Guid> recent = [];
    private CommandSpan first = CommandSpan.None,
        second = CommandSpan.None;
    private List<CommandSpan>? older;
    private Dictionary<Guid, long>? index;
    private CommandPages? pages;

    private readonly Lock gate = new();

    /// <summary>Records whose ids are no longer at hand.</summary>
    public long Forgotten => (long)page * (older?.Count ?? 0);

    /// <summary>Ids at hand.</summary>
    public int AtHand => recent.Count;

    /// <summary>The command of the stream's next record.</summary>
    public void Add(Guid command, DateTimeOffset at)
    {
        lock (gate)
        {
            recent.Add(command);
            index?.TryAdd(command, Forgotten + recent.Count);
            if (recent.Count <= page)
            {
                first = first.With(at);
                return;
            }

            second = second.With(at);
            if (recent.Count == 2 * page)
            {
                (older ??= []).Add(first);
                (first, second) = (second, CommandSpan.None);
                recent.RemoveRange(0, page);
                index = null;
            }
        }
    }

    /// <summary>Version under which a command is on the stream, or 0.</summary>
    /// <param name="anyMoment">It may have been recorded at any moment, not only at <paramref name="at"/> or later.</param>
    public ValueTask<long> FindAsync(Guid command, DateTimeOffset at, IJournal journal, string stream, bool anyMoment = false)
    {
        List<int>? candidates;
        lock (gate)
        {
            var version = AtHandVersion(command);
            candidates = version > 0 ? null : Older(anyMoment ? DateTimeOffset.MinValue : at);
            if (candidates is null)
            {
                return ValueTask.FromResult(version);
            }
        }

        return (pages ??= new CommandPages(page)).FindAsync(command, candidates, journal, stream);
    }

    /// <summary>What a snapshot keeps of it.</summary>
    public KeptCommands Keep()
    {
        lock (gate)
        {
            return new([.. recent], [.. older ?? []], first, second, page);
        }
    }

    /// <summary>What a snapshot kept, unless it was cut into other pages.</summary>
    public static bool TryRestore(KeptCommands? kept, [NotNullWhen(true)] out RecordedCommands? restored, int page = Page)
    {
        restored =
            kept?.Page == page
                ? new RecordedCommands(page)
                {
                    first = kept.First,
                    second = kept.Second,
                    older = kept.Older is [] ? null : [.. kept.Older],
                }
                : null;
        restored?.recent.AddRange(kept!.Recent);
        return restored is not null;
    }

    private long AtHandVersion(Guid command)
    {
        if (recent.Count <= IndexAbove)
        {
            var place = recent.IndexOf(command);
            return place < 0 ? 0 : Forgotten + place + 1;
        }

        if (index is null)
        {
            index = new Dictionary<Guid, long>(recent.Count);
            for (var i = 0; i < recent.Count; i++)
            {
                index.TryAdd(recent[i], Forgotten + i + 1);
            }
        }

        return index.GetValueOrDefault(command);
    }

    // Pages that may hold what was recorded at that moment or later.
    private List<int>? Older(DateTimeOffset at)
    {
        List<int>? candidates = null;
        for (var i = 0; i < (older?.Count ?? 0); i++)
        {
            if (older![i].Latest >= at)
            {
                (candidates ??= []).Add(i);
            }
        }

        return candidates;
    }
}

/// <summary>The command ids of a stream as a snapshot keeps them.</summary>
/// <param name="Recent">Ids at hand, in order of version.</param>
/// <param name="Older">Spans of the pages before them, in order.</param>
/// <param name="First">Span of the first page of <paramref name="Recent"/>.</param>
/// <param name="Second">Span of what follows it.</param>
/// <param name="Page">Records to a page.</param>
public sealed record KeptCommands(Guid[] Recent, CommandSpan[] Older, CommandSpan First, CommandSpan Second, int Page);

/// <summary>Earliest and latest moment of some records, both included.</summary>
public readonly record struct CommandSpan(DateTimeOffset Earliest, DateTimeOffset Latest)
{
    /// <summary>Of no record at all; holds no moment.</summary>
    public static CommandSpan None { get; } = new(DateTimeOffset.MaxValue, DateTimeOffset.MinValue);

    public CommandSpan With(DateTimeOffset at) => new(at < Earliest ? at : Earliest, at > Latest ? at : Latest);
}
