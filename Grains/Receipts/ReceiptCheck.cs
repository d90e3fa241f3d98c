using System.Collections.Immutable;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Audit;

namespace TownReform.Grains.Receipts;

/// <summary>Checks a receipt against the whole record, wherever it is read from: every chain is recomputed, so nothing that whoever keeps
/// the record says is believed.</summary>
public static class ReceiptCheck
{
    /// <param name="signed">The receipt.</param>
    /// <param name="keys">Public keys, best such as were kept elsewhere.</param>
    /// <param name="scan">The whole record.</param>
    public static async Task<ReceiptVerdict> OverAsync(string signed, PublicKeys keys, IAsyncEnumerable<Scanned> scan)
    {
        var read = ReceiptText.Read(signed, keys);
        if (read.Receipt is not { } receipt)
        {
            return read;
        }

        var (verifier, seen) = (new ChainVerifier(), new SeenOfReceipt(receipt, Address.Live));
        var goesOn = true;
        await foreach (var part in scan)
        {
            seen.Take(part);
            goesOn = goesOn && verifier.Take(part);
        }

        return seen.Verdict(read, verifier.Finish().Fault);
    }

    /// <summary>Checks it by the case's own stream and by the one commit that it names.</summary>
    /// <param name="read">A receipt whose signature holds.</param>
    /// <param name="commit">The commit; null when it isn't there.</param>
    internal static ReceiptVerdict Over(ReceiptVerdict read, IReadOnlyList<JournalRecord> stream, PlacedCommit? commit)
    {
        var receipt = read.Receipt!;
        var (verifier, seen) = (new ChainVerifier(), new SeenOfReceipt(receipt, Address.Live));
        foreach (var record in stream)
        {
            seen.Take(record);
            verifier.Take(record);
        }

        seen.Take(commit);
        return seen.Verdict(read, verifier.Finish().Fault);
    }
}

/// <summary>What a scan says of a receipt's record and commit as it passes by.</summary>
internal sealed class SeenOfReceipt(Receipt receipt, string world)
{
    private readonly string stream = $"case/{receipt.Case}";
    private bool isThere,
        isSame;
    private string? root;
    private long recordsSince,
        commitsSince;

    public void Take(Scanned part)
    {
        if (part is ScannedRecord { Record: var record })
        {
            Take(record);
        }
        else if (part is ScannedCommit { Commit: var commit } && commit.Writer == receipt.Writer)
        {
            root = commit.No == receipt.Commit ? Hex(commit.Root) : root;
            commitsSince += commit.No > receipt.Commit ? 1 : 0;
        }
    }

    public void Take(JournalRecord record)
    {
        if (record.World != world || record.Stream != stream)
        {
            return;
        }

        recordsSince += record.Version > receipt.Version ? 1 : 0;
        if (record.Version == receipt.Version)
        {
            isThere = true;
            isSame = Hex(record.Hash) == receipt.Hash && Hex(HashChain.Of(record, record.PreviousHash.Span)) == receipt.Hash;
        }
    }

    public void Take(PlacedCommit? commit) => (root, commitsSince) = commit is null ? (null, 0) : (Hex(commit.Root), commit.Since);

    public ReceiptVerdict Verdict(ReceiptVerdict read, ChainFault? broken)
    {
        var faults = ImmutableArray.CreateBuilder<ReceiptFinding>();
        if (!isThere)
        {
            faults.Add(ReceiptFindings.RecordMissing(receipt));
        }
        else if (!isSame)
        {
            faults.Add(ReceiptFindings.RecordChanged(receipt));
        }

        if (root is null)
        {
            faults.Add(ReceiptFindings.CommitMissing(receipt));
        }
        else if (root != receipt.Root)
        {
            faults.Add(ReceiptFindings.CommitChanged(receipt));
        }

        if (broken is not null)
        {
            faults.Add(ReceiptFindings.ChainBroken(broken.Why, Place(broken)));
        }

        return read with
        {
            Faults = faults.ToImmutable(),
            RecordsSince = isThere ? recordsSince : null,
            CommitsSince = root is null ? null : commitsSince,
        };
    }

    private static string? Place(ChainFault fault) =>
        fault.Version is { } version ? $"{fault.Stream} #{version}"
        : fault.Commit is { } commit ? $"commit {commit}"
        : fault.Stream;

    private static string Hex(ReadOnlyMemory<byte> bytes) => Convert.ToHexStringLower(bytes.Span);
}
