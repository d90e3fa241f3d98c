using TownReform.Grains.Journal.Audit;

namespace TownReform.Grains.Receipts;

/// <summary>What became of checkpoints that were kept outside.</summary>
/// <param name="Checked">How many there were, with a signature that holds.</param>
/// <param name="Fault">The first that no longer holds, or that nobody of the town has signed; null when all hold.</param>
/// <param name="Notices">Lines that are none: a crash may have torn them.</param>
public sealed record CheckpointVerdict(long Checked, ChainFault? Fault, IReadOnlyList<Words> Notices);

/// <summary>Compares the record, as it passes by in a scan, with the checkpoints of a folder.</summary>
public sealed class CheckpointCheck
{
    private readonly Dictionary<(long Writer, long Commit), List<Kept>> kept = [];
    private readonly Dictionary<long, long> ends = [];
    private readonly List<ChainFault> faults = [];
    private readonly List<Words> notices = [];
    private readonly string[] files;

    /// <param name="folder">As <c>--checkpoint-to</c> has filled it.</param>
    /// <param name="keys">Kept elsewhere, too.</param>
    public CheckpointCheck(string folder, PublicKeys keys)
    {
        var lines = new CheckpointFolder(folder).Read().ToList();
        files = [.. lines.Select(line => line.File).Distinct()];
        foreach (var (file, line, text) in lines)
        {
            var place = $"{file}:{line}";
            if (!CheckpointText.IsOne(text))
            {
                notices.Add(new($"{place} 不完整", $"{place} is torn"));
                continue;
            }

            if (CheckpointText.Read(text, keys) is not { } checkpoint)
            {
                faults.Add(Unsigned(place));
                continue;
            }

            var of = (checkpoint.Writer, checkpoint.End.Commit);
            kept.TryAdd(of, []);
            kept[of].Add(new Kept(place, checkpoint));
        }
    }

    /// <summary>How many files there are.</summary>
    public int Files => files.Length;

    public void Take(Scanned part)
    {
        if (part is not ScannedCommit { Commit: var commit })
        {
            return;
        }

        ends[commit.Writer] = Math.Max(ends.GetValueOrDefault(commit.Writer), commit.No);
        foreach (var one in kept.GetValueOrDefault((commit.Writer, commit.No), []))
        {
            one.IsMet = Convert.ToHexStringLower(commit.Root.Span) == one.Checkpoint.End.Root;
        }
    }

    /// <summary>After everything was taken.</summary>
    public CheckpointVerdict Finish()
    {
        var all = kept.Values.SelectMany(same => same).ToList();
        var broken = all.Where(one => !one.IsMet)
            .OrderBy(one => one.Checkpoint.At)
            .ThenBy(one => one.Checkpoint.End.Commit)
            .Select(one => one.Checkpoint.End.Commit > ends.GetValueOrDefault(one.Checkpoint.Writer) ? Cut(one) : Edited(one))
            .FirstOrDefault();
        return new CheckpointVerdict(all.Count, broken ?? faults.FirstOrDefault(), notices);
    }

    private static ChainFault Cut(Kept one) =>
        new(
            ChainFaultKind.Cut,
            null,
            null,
            one.Checkpoint.End.Commit,
            new(
                $"{one.Place} 所记的第 {one.Checkpoint.End.Commit} 次提交（{one.Checkpoint.At:O}）已不在：尾部被截去。",
                $"Commit {one.Checkpoint.End.Commit} that {one.Place} holds ({one.Checkpoint.At:O}) is gone: the end was cut."
            )
        );

    private static ChainFault Edited(Kept one) =>
        new(
            ChainFaultKind.Edited,
            null,
            null,
            one.Checkpoint.End.Commit,
            new(
                $"第 {one.Checkpoint.End.Commit} 次提交的根散列与 {one.Place} 所记（{one.Checkpoint.At:O}）不符：此前的记录被改动或调换过。",
                $"The root of commit {one.Checkpoint.End.Commit} isn't the one that {one.Place} holds ({one.Checkpoint.At:O}): something "
                    + "recorded before was changed or moved."
            )
        );

    private static ChainFault Unsigned(string place) =>
        new(
            ChainFaultKind.Inserted,
            null,
            null,
            null,
            new($"{place} 不是用这些公钥可核对的校验点。", $"{place} is no checkpoint that these keys have signed.")
        );

    private sealed class Kept(string place, SignedCheckpoint checkpoint)
    {
        public string Place => place;

        public SignedCheckpoint Checkpoint => checkpoint;

        public bool IsMet { get; set; }
    }
}
