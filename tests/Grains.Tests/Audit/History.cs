using TownReform.Grains.Audit.EndState;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Rules.Records;
using TownReform.Grains.Rules.Towns;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Audit;

/// <summary>A world's history in a test's hands: events changed, put in or taken out, with all hashes computed anew, so that only what the
/// events say can betray it.</summary>
internal sealed class History
{
    private readonly string world;
    private readonly List<Scanned> parts;

    private History(string world, IEnumerable<Scanned> parts) => (this.world, this.parts) = (world, [.. parts]);

    public static async Task<History> OfAsync(string world, IJournalScan scan) =>
        new(world, await scan.ScanAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));

    public History Copy() => new(world, parts);

    public IEnumerable<JournalRecord> Records => parts.OfType<ScannedRecord>().Select(part => part.Record);

    public long LastOf(string stream) => Records.Last(record => record.Stream == stream).Version;

    /// <summary>The last version of a stream whose event is of a kind.</summary>
    public long LastOf(string stream, string kind) => Records.Last(record => record.Stream == stream && record.Kind == kind).Version;

    public EndStateReport Check(params IEnumerable<AcknowledgedCommand>? answered) => CheckBy(RealSeeds.Library, answered);

    /// <summary>By other seeds than it was recorded by.</summary>
    public EndStateReport CheckBy(SeedLibrary seeds, params IEnumerable<AcknowledgedCommand>? answered)
    {
        using var check = new EndStateCheck(seeds, world);
        check.Acknowledge(answered);
        parts.ForEach(check.Take);
        return check.Finish();
    }

    /// <summary>Changes one event, or its stamp, and chains the stream anew.</summary>
    public History Change<TEvent, THappened>(EventCodec<TEvent> codec, string stream, long version, Func<THappened, TEvent> change)
        where TEvent : class, IRecorded
        where THappened : class, TEvent =>
        Edit(
            stream,
            version,
            record =>
            {
                var changed = change((THappened)codec.Read(record));
                return record with { Kind = changed.Kind, Payload = codec.Write(changed) };
            }
        );

    public History Edit(string stream, long version, Func<JournalRecord, JournalRecord> edit)
    {
        var at = parts.FindIndex(part => part is ScannedRecord it && it.Record.Stream == stream && it.Record.Version == version);
        parts[at] = new ScannedRecord(edit(((ScannedRecord)parts[at]).Record));
        return Chained(stream);
    }

    /// <summary>Appends an event to a stream that has records, a minute after its last.</summary>
    public History Append<TEvent>(EventCodec<TEvent> codec, string stream, TEvent happened, Actor? actor = null)
        where TEvent : class, IRecorded
    {
        var at = parts.FindLastIndex(part => part is ScannedRecord it && it.Record.Stream == stream);
        var last = ((ScannedRecord)parts[at]).Record;
        var by = actor ?? Actor.System;
        parts.Insert(
            at + 1,
            new ScannedRecord(
                last with
                {
                    Version = last.Version + 1,
                    At = last.At.AddMinutes(1),
                    Kind = happened.Kind,
                    Payload = codec.Write(happened),
                    ActorId = by.Id,
                    ActorOffice = by.Office,
                    ActorFor = by.For,
                    CommandId = Stamps.Next().CommandId,
                }
            )
        );
        return Chained(stream);
    }

    /// <summary>Appends an event after everything else, by somebody and of a moment.</summary>
    public History AppendLate<TEvent>(EventCodec<TEvent> codec, string stream, TEvent happened, Actor actor, DateTimeOffset at)
        where TEvent : class, IRecorded
    {
        Append(codec, stream, happened, actor);
        var last = parts.FindLastIndex(part => part is ScannedRecord it && it.Record.Stream == stream);
        var record = ((ScannedRecord)parts[last]).Record;
        parts.RemoveAt(last);
        parts.Add(new ScannedRecord(record with { At = at, ReceivedAt = at }));
        return Chained(stream);
    }

    /// <summary>Begins a stream after everything else, with an event of a moment like the last of another stream.</summary>
    public History Begin<TEvent>(EventCodec<TEvent> codec, string stream, TEvent happened, string like)
        where TEvent : class, IRecorded
    {
        var last = parts.OfType<ScannedRecord>().Last(part => part.Record.Stream == like).Record;
        parts.Add(
            new ScannedRecord(
                last with
                {
                    Stream = stream,
                    Kind = happened.Kind,
                    Payload = codec.Write(happened),
                    CommandId = Stamps.Next().CommandId,
                }
            )
        );
        return Chained(stream);
    }

    public History Remove(string stream, long version)
    {
        parts.RemoveAll(part => part is ScannedRecord it && it.Record.Stream == stream && it.Record.Version == version);
        return Chained(stream);
    }

    /// <summary>Puts something else in the place of parts of a scan: a row, what waits; nothing where it answers null.</summary>
    public History Replace<TPart>(Func<TPart, TPart?> replace)
        where TPart : Scanned
    {
        for (var i = parts.Count - 1; i >= 0; i--)
        {
            if (parts[i] is TPart part && replace(part) is var changed && !ReferenceEquals(part, changed))
            {
                parts.RemoveAt(i);
                parts.InsertRange(i, changed is null ? [] : [changed]);
            }
        }

        return this;
    }

    public History Add(Scanned part)
    {
        parts.Add(part);
        return this;
    }

    public History AddFirst(Scanned part)
    {
        parts.Insert(0, part);
        return this;
    }

    private History Chained(string stream)
    {
        var head = JournalHead.None;
        for (var i = 0; i < parts.Count; i++)
        {
            if (parts[i] is ScannedRecord { Record: var record } && record.Stream == stream)
            {
                var linked = record with { Version = head.Version + 1, PreviousHash = head.Hash };
                linked = linked with { Hash = HashChain.Of(linked, head.Hash.Span) };
                parts[i] = new ScannedRecord(linked);
                head = linked.Head();
            }
        }

        return this;
    }
}

/// <summary>What a test expects of an audit.</summary>
internal static class AuditAnswers
{
    /// <summary>The check has found a breach, and names that record first.</summary>
    public static StateBreach ShouldBreach(this EndStateReport report, string check, string? stream, long? version)
    {
        report.Sound.ShouldBeFalse();
        report.Of(check).Breaches.ShouldBeGreaterThan(0);
        var first = report.Of(check).First[0];
        (first.Stream, first.Version).ShouldBe((stream, version), first.Why.En);
        return first;
    }

    /// <summary>Nothing but that check has found anything.</summary>
    public static EndStateReport ButNothingElse(this EndStateReport report, params string[] checks)
    {
        report.Checks.Where(c => c.Breaches > 0).Select(c => c.Check).ShouldBeSubsetOf(checks);
        return report;
    }

    public static EndStateReport ShouldBeSound(this EndStateReport report)
    {
        report.Sound.ShouldBeTrue(
            string.Join('\n', report.Checks.SelectMany(c => c.First).Select(b => $"{b.Stream} {b.Version}: {b.Why.En}"))
        );
        return report;
    }

    public static CheckResult Of(this EndStateReport report, string check) => report.Checks.Single(c => c.Check == check);
}
