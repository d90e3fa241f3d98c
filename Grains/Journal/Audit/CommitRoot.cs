using System.Buffers;
using System.Security.Cryptography;

namespace TownReform.Grains.Journal.Audit;

/// <summary>Roots of commits, computed from the records at hand.</summary>
internal static class CommitRoot
{
    /// <summary>What two records could explain isn't tried beyond the usual size of a commit, since it grows with the cube.</summary>
    private const int Most = 512;

    public static bool Is(JournalCommit commit, IReadOnlyList<ChainRow> rows) => Of(commit, rows).AsSpan().SequenceEqual(commit.Root.Span);

    public static byte[] Of(JournalCommit commit, IReadOnlyList<ChainRow> rows) => SHA256.HashData(Hashed(commit, rows));

    /// <summary>The root of a commit that is being made.</summary>
    public static byte[] Of(ReadOnlySpan<byte> previousRoot, IEnumerable<JournalRecord> records)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previousRoot);
        foreach (var record in records)
        {
            hash.AppendData(record.Hash.Span);
        }

        return hash.GetHashAndReset();
    }

    /// <summary>The root of a commit by the hashes of its records.</summary>
    public static byte[] Of(ReadOnlySpan<byte> previousRoot, IEnumerable<byte[]> hashes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previousRoot);
        foreach (var one in hashes)
        {
            hash.AppendData(one);
        }

        return hash.GetHashAndReset();
    }

    /// <summary>Which record has to be left out for the root to be right; null when none has.</summary>
    public static ChainRow? OneTooMany(JournalCommit commit, IReadOnlyList<ChainRow> rows)
    {
        var all = Hashed(commit, rows);
        var fewer = new byte[all.Length - HashChain.Length];
        for (var i = 0; i < rows.Count; i++)
        {
            var at = (i + 1) * HashChain.Length;
            all.AsSpan(0, at).CopyTo(fewer);
            all.AsSpan(at + HashChain.Length).CopyTo(fewer.AsSpan(at));
            if (SHA256.HashData(fewer).AsSpan().SequenceEqual(commit.Root.Span))
            {
                return rows[i];
            }
        }

        return null;
    }

    /// <summary>The first of two records that have to change places for the root to be right; null when none have.</summary>
    public static ChainRow? Exchanged(JournalCommit commit, IReadOnlyList<ChainRow> rows)
    {
        var all = Hashed(commit, rows);
        Span<byte> kept = stackalloc byte[HashChain.Length];
        for (var i = 1; i < rows.Count && rows.Count <= Most; i++)
        {
            for (var j = i + 1; j <= rows.Count; j++)
            {
                Exchange(all, i, j, kept);
                var right = SHA256.HashData(all).AsSpan().SequenceEqual(commit.Root.Span);
                Exchange(all, i, j, kept);
                if (right)
                {
                    return rows[i - 1];
                }
            }
        }

        return null;
    }

    /// <summary>The record in whose place one of some others has to stand for the root to be right; null when none has.</summary>
    public static ChainRow? TakenFor(JournalCommit commit, IReadOnlyList<ChainRow> rows, IReadOnlyList<ChainRow> others)
    {
        var all = Hashed(commit, rows);
        for (var i = 0; i < rows.Count && rows.Count <= Most && others.Count <= Most; i++)
        {
            var place = all.AsSpan((i + 1) * HashChain.Length, HashChain.Length);
            foreach (var other in others)
            {
                other.Hash.Span.CopyTo(place);
                if (SHA256.HashData(all).AsSpan().SequenceEqual(commit.Root.Span))
                {
                    return rows[i];
                }
            }

            rows[i].Hash.Span.CopyTo(place);
        }

        return null;
    }

    /// <summary>The one of some others that has to be put in for the root to be right; null when none has.</summary>
    public static ChainRow? Lacking(JournalCommit commit, IReadOnlyList<ChainRow> rows, IReadOnlyList<ChainRow> others)
    {
        var fewer = Hashed(commit, rows);
        var all = new byte[fewer.Length + HashChain.Length];
        for (var i = 0; i <= rows.Count && rows.Count <= Most && others.Count <= Most; i++)
        {
            var at = (i + 1) * HashChain.Length;
            fewer.AsSpan(0, at).CopyTo(all);
            fewer.AsSpan(at).CopyTo(all.AsSpan(at + HashChain.Length));
            foreach (var other in others)
            {
                other.Hash.Span.CopyTo(all.AsSpan(at));
                if (SHA256.HashData(all).AsSpan().SequenceEqual(commit.Root.Span))
                {
                    return other;
                }
            }
        }

        return null;
    }

    private static void Exchange(byte[] all, int i, int j, Span<byte> kept)
    {
        var one = all.AsSpan(i * HashChain.Length, HashChain.Length);
        var other = all.AsSpan(j * HashChain.Length, HashChain.Length);
        one.CopyTo(kept);
        other.CopyTo(one);
        kept.CopyTo(other);
    }

    private static byte[] Hashed(JournalCommit commit, IReadOnlyList<ChainRow> rows)
    {
        var hashed = new ArrayBufferWriter<byte>((rows.Count + 1) * HashChain.Length);
        hashed.Write(commit.PreviousRoot.Span);
        foreach (var row in rows)
        {
            hashed.Write(row.Hash.Span);
        }

        return hashed.WrittenSpan.ToArray();
    }
}
