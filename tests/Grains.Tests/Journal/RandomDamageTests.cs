using System.Collections.Concurrent;
using CsCheck;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Journal.Sqlite;
using TownReform.Grains.Tests.Fixtures;

namespace TownReform.Grains.Tests.Journal;

/// <summary>Whatever happens to one of a town's files: either everything that was answered is there, or it is told. Never silence, never a
/// fault that nobody foresaw.</summary>
public sealed class RandomDamageTests
{
    private readonly ConcurrentDictionary<int, int> lanes = new();
    private int lastLane;

    [Fact]
    public void Files_DamagedAnyhow_EverythingAnsweredIsThereOrItIsTold()
    {
        using var town = new DamagedTown();
        var (told, silent) = (0, 0);
        Gen.Int[0, int.MaxValue]
            .Sample(
                seed =>
                {
                    var (file, done, logAlone, answered) = town.Try(
                        seed,
                        lanes.GetOrAdd(Environment.CurrentManagedThreadId, _ => Interlocked.Increment(ref lastLane))
                    );
                    try
                    {
                        var (fault, there) = Audit(file);
                        Count(ref fault is null ? ref silent : ref told);
                        if (fault is null)
                        {
                            Lacks(answered, there).ShouldBeNull($"audit verify: {done}");
                        }

                        if (seed % 4 == 0)
                        {
                            // The audit of the end state reads more: it may not break off either.
                            Scan(file);
                        }

                        if (Starts(file))
                        {
                            var after = Audit(file);
                            if (logAlone || fault is null)
                            {
                                (after.Fault ?? Lacks(answered, after.There)).ShouldBeNull($"start: {done}");
                            }
                        }
                    }
                    catch (Exception e) when (e is not ShouldAssertException)
                    {
                        throw new InvalidOperationException($"Seed {seed}, {done}: {e}", e);
                    }
                },
                iter: Iterations.Of(1500),
                seed: Iterations.Seed("0N0XIzNsQ0O2"),
                threads: 2
            );
        (told > 100 && silent > 100).ShouldBeTrue($"{told} told, {silent} not");
    }

    private static void Count(ref int what) => Interlocked.Increment(ref what);

    private static string? Lacks(HashSet<string> answered, HashSet<string> there) =>
        answered.FirstOrDefault(record => !there.Contains(record));

    /// <returns>What an auditor is told; null when the record is called whole. And the records that he reads.</returns>
    private static (string? Fault, HashSet<string> There) Audit(string file)
    {
        var there = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            using var town = new StoredTown(file);
            var verifier = new ChainVerifier();
            foreach (var part in SqliteJournalScan.Everything(town).Concat(SqliteJournalScan.Pages(town)))
            {
                if (part is ScannedRecord it)
                {
                    there.Add(DamagedTown.Name(it.Record));
                }

                verifier.Take(part);
            }

            return (verifier.Finish().Fault?.Why.En, there);
        }
        catch (Exception e) when (e is SqliteException or InvalidDataException)
        {
            // The command says that the file is damaged, or no town's.
            return (e.Message, there);
        }
    }

    private static void Scan(string file)
    {
        try
        {
            new SqliteScan(file).ScanAsync(CancellationToken.None).ToBlockingEnumerable().Count().ShouldBePositive();
        }
        catch (Exception e) when (e is SqliteException or InvalidDataException)
        {
            // The file is damaged where it begins, which the command says.
        }
    }

    /// <returns>Whether a silo would start: what the redo log has is in the tables then.</returns>
    private static bool Starts(string file)
    {
        try
        {
            RecordDamagedException.Telling(
                file,
                () =>
                {
                    using var tables = new TownTables(file);
                    Recovery.Run(file, tables, NullLogger.Instance);
                }
            );
            return true;
        }
        catch (Exception e) when (e is RecordDamagedException or SqliteException)
        {
            return false;
        }
    }
}
