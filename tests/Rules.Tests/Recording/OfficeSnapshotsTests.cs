using System.IO.Compression;
using TownReform.Grains.Counties;
using TownReform.Grains.Journal;
using TownReform.Grains.Matters.Secondments;
using TownReform.Grains.Powers;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Counties;
using TownReform.Grains.Rules.Powers;
using TownReform.Grains.Rules.Seals;
using TownReform.Grains.Rules.Staff;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seals;
using TownReform.Grains.Staff;
using TownReform.Grains.Towns;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests.Recording;

public sealed class OfficeSnapshotsTests
{
    private static readonly DateOnly Day = new(2019, 4, 10);
    private static readonly Guid[] Commands = [new(1, 0, 0, new byte[8]), new(2, 0, 0, new byte[8])];

    [Fact]
    public void Read_StaffSnapshot_GoesOnAsBefore()
    {
        var hired = StaffRules.Apply(StaffState.Empty, new StaffHired(TestPlans.Person("EL-001", "service")));
        var state = StaffRules.Apply(
            StaffRules.Apply(hired, new SecondmentBegun("C-1", "office", Day, Day.AddDays(9))),
            new SecondmentEnded("C-1", Day)
        );
        var back = ThereAndBack(StaffRecord.Snapshots, state);
        back.SecondmentOf("C-1")!.Until.ShouldBe(Day);
        SecondmentOnRecord.End(back, "EL-001", new("C-1", Day)).ShouldBeNull();
    }

    [Fact]
    public void Read_CatalogueSnapshot_KeepsItsHistory()
    {
        var founded = CatalogueRules.Apply(
            CatalogueState.Empty,
            CatalogueRules.Found(CatalogueState.Empty, TestPlans.Elm, Day, []).ShouldSucceed()
        );
        var recalled = CatalogueRules.Apply(
            founded,
            CatalogueRules
                .Adjust(
                    founded,
                    TestPlans.Elm,
                    new("C-1", TestPlans.Permit, PowerChange.Recall, Day.AddDays(1), null),
                    RealSeeds.Library.Law
                )
                .ShouldSucceed()
        );
        var back = ThereAndBack(CatalogueRecord.Snapshots, recalled);
        CatalogueRules.Holding(back, TestPlans.Permit, Day).ShouldBe(CatalogueRules.Holding(recalled, TestPlans.Permit, Day));
        CatalogueRules.Holding(back, TestPlans.Permit, Day.AddDays(1)).Standing.ShouldBe(PowerStanding.Recalled);
        CatalogueRules.Found(back, TestPlans.Elm, Day, []).ShouldBeNull();
    }

    [Fact]
    public void Read_FilingSnapshot_KeepsTheTasks()
    {
        var state = FilingRules.Apply(FilingState.Empty, new FilingReceived("C-1", "elm", "I-1", true, true, Day));
        FilingRules.List(ThereAndBack(FilingRecord.Snapshots, state), openOnly: true).ShouldBe(FilingRules.List(state, openOnly: true));
    }

    [Fact]
    public void Read_SealSnapshot_KnowsWhoHasANumber()
    {
        var state = Enumerable
            .Range(1, RecentCases.Least * 2)
            .Aggregate(SealState.Empty, (s, n) => SealRules.Apply(s, SealRules.Number(s, new($"C-{n}", "permit", "I-1"), "榆行许", 2019)));
        var back = ThereAndBack(SealRecord.Snapshots, state);
        (back.Count(), back.Latest.All().Count()).ShouldBe((RecentCases.Least * 2, RecentCases.Least));
        Enumerable.Range(1, RecentCases.Least * 2).ShouldAllBe(n => back.Numbered.Contains($"C-{n}"));
        back.Numbered.Contains("C-0").ShouldBeFalse();
    }

    [Theory]
    [InlineData(20_000)]
    [InlineData(200_000)]
    public void Write_SealSnapshotOfManyCases_StaysUnderAMegabyte(int cases)
    {
        var (state, commands) = (SealState.Empty, new RecordedCommands());
        for (var n = 1; n <= cases; n++)
        {
            state = SealRules.Apply(state, SealRules.Number(state, new($"YD{n:D8}", "permit", "I-1"), "榆行许", 2019));
            commands.Add(new Guid(n, 0, 0, new byte[8]), Stamps.Morning.AddSeconds(n));
        }

        using var unpacking = new ZLibStream(
            new MemoryStream(SealRecord.Snapshots.Write(state, new JournalHead(cases, new byte[32]), commands.Keep()).State),
            CompressionMode.Decompress
        );
        using var json = new MemoryStream();
        unpacking.CopyTo(json);
        json.Length.ShouldBeLessThan(1024 * 1024);
    }

    // Megabytes at once are large objects, and a collection of those stops the silo.
    [Fact]
    public void Write_FilingSnapshotOfManyTasks_NeverHoldsTheWholeOfIt()
    {
        const int tasks = 40_000;
        var state = Enumerable
            .Range(1, tasks)
            .Aggregate(FilingState.Empty, (s, n) => FilingRules.Apply(s, new FilingReceived($"YD{n:D8}", "elm", "I-1", true, true, Day)));
        var (head, commands) = (new JournalHead(tasks, new byte[32]), new RecordedCommands().Keep());
        FilingRecord.Snapshots.Write(FilingState.Empty, head, commands);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var written = FilingRecord.Snapshots.Write(state, head, commands);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(tasks * 50);
        written.State.Length.ShouldBeLessThan(tasks * 20);
        FilingRecord.Snapshots.TryRead(written, out var back, out _).ShouldBeTrue();
        FilingRules.List(back, openOnly: true).ShouldBe(FilingRules.List(state, openOnly: true));
    }

    // A snapshot is a cache: one that can't be read must not keep an office from waking.
    [Fact]
    public void Read_DamagedSnapshot_IsIgnored()
    {
        var state = FilingRules.Apply(FilingState.Empty, new FilingReceived("C-1", "elm", "I-1", true, true, Day));
        var written = FilingRecord.Snapshots.Write(state, new JournalHead(2, new byte[32]), new RecordedCommands().Keep());
        for (var place = 0; place < written.State.Length; place++)
        {
            byte[] bent = [.. written.State];
            bent[place] ^= 0xFF;
            foreach (var damaged in new[] { bent, written.State[..place] })
            {
                // What is left over may still say all of it: only a checksum is lost.
                if (FilingRecord.Snapshots.TryRead(written with { State = damaged }, out var read, out _))
                {
                    FilingRules.List(read, openOnly: true).ShouldBe(FilingRules.List(state, openOnly: true));
                }
            }
        }

        FilingRecord.Snapshots.TryRead(written with { State = written.State[..(written.State.Length / 2)] }, out _, out _).ShouldBeFalse();
    }

    [Fact]
    public void Read_OtherSchema_IsIgnored()
    {
        var written = SealRecord.Snapshots.Write(SealState.Empty, new JournalHead(2, new byte[32]), new RecordedCommands().Keep());
        SealRecord.Snapshots.TryRead(written with { Schema = written.Schema - 1 }, out _, out _).ShouldBeFalse();
    }

    [Fact]
    public void Read_TownSnapshot_HandsOutTheNextNumbers()
    {
        var state = TownRules.Apply(
            TownState.Empty,
            TownRules.Found(TownState.Empty, new(Stamps.Next(), []), TestPlans.Elm).ShouldSucceed()
        );
        var back = ThereAndBack(TownRecord.Snapshots, TownRules.Apply(state, new CaseNumbersReserved(1, 10)));
        TownRules.Reserve(back, "elm", 5).ShouldSucceed().ShouldBe(new CaseNumbersReserved(11, 5));
        TownRules.Found(back, new(Stamps.Next(), []), TestPlans.Elm).ShouldBeNull();
    }

    private static TState ThereAndBack<TState>(SnapshotCodec<TState> codec, TState state)
        where TState : class
    {
        var written = new RecordedCommands();
        Array.ForEach(Commands, id => written.Add(id, Stamps.Morning));
        codec.TryRead(codec.Write(state, new JournalHead(2, new byte[32]), written.Keep()), out var back, out var commands).ShouldBeTrue();
        commands.Keep().Recent.ShouldBe(Commands);
        commands.Keep().First.ShouldBe(new CommandSpan(Stamps.Morning, Stamps.Morning));
        return back!;
    }
}
