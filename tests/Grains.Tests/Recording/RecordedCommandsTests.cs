using System.Collections.Immutable;
using System.Globalization;
using CsCheck;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Memory;
using TownReform.Grains.Recording;
using TownReform.Grains.Tests.Journal;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Recording;

public sealed class RecordedCommandsTests
{
    private const int Page = 4;

    private readonly IJournal journal = new MemoryWorld("t", new Courier());

    [Theory]
    [InlineData(Page * 2 - 1, Page * 2 - 1)]
    [InlineData(Page * 2, Page)]
    [InlineData(Page * 2 + 1, Page + 1)]
    [InlineData(Page * 3 - 1, Page * 2 - 1)]
    [InlineData(Page * 3, Page)]
    [InlineData(Page * 3 + 1, Page + 1)]
    public async Task Add_AroundAPage_KeepsOneToTwoAtHandAndFindsAll(int count, int atHand)
    {
        var commands = await FilledAsync(count, n => n);
        (commands.AtHand, commands.Forgotten).ShouldBe((atHand, count - atHand));
        for (var n = 1; n <= count; n++)
        {
            (await commands.FindAsync(Id(n), At(n), journal, "s")).ShouldBe(n);
        }
    }

    [Fact]
    public async Task Find_MomentInNoOlderSpan_IsNewWithoutARead()
    {
        var commands = await FilledAsync(Page * 5, n => n);
        (await commands.FindAsync(Id(99), At(99), new Unreadable(), "s")).ShouldBe(0);
        await Should.ThrowAsync<IOException>(async () => await commands.FindAsync(Id(99), At(2), new Unreadable(), "s"));
        (await commands.FindAsync(Id(99), At(2), journal, "s")).ShouldBe(0);
    }

    [Fact]
    public async Task Find_OldIdUnderANewMoment_IsKnownOnlyWhileAtHand()
    {
        var commands = await FilledAsync(Page * 2, n => n);
        (await commands.FindAsync(Id(Page + 1), At(99), journal, "s")).ShouldBe(Page + 1);
        (await commands.FindAsync(Id(Page), At(99), journal, "s")).ShouldBe(0);
    }

    [Fact]
    public async Task Find_OldIdOfAClientUnderANewMoment_IsAlwaysKnown()
    {
        var commands = await FilledAsync(Page * 5, n => n);
        for (var n = 1; n <= Page * 5; n++)
        {
            (await commands.FindAsync(Id(n), At(99), journal, "s", anyMoment: true)).ShouldBe(n);
        }

        // Every page has been read once, so an id that is on none is known to be new without a read.
        (await commands.FindAsync(Id(1000), At(99), new Unreadable(), "s", anyMoment: true)).ShouldBe(0);
    }

    [Fact]
    public async Task Find_RecordedLaterThanItIsStamped_IsKnown()
    {
        // An office whose last record is later takes it down at that moment.
        var commands = await FilledAsync(Page * 4, n => n + 50);
        (await commands.FindAsync(Id(2), At(3), journal, "s")).ShouldBe(2);
    }

    [Fact]
    public async Task Find_AnyMomentsAndSnapshots_AgreesWithADictionary() =>
        await Gen.Select(Gen.Int[0, 12].List[0, 90], Gen.Int[0, 100])
            .SampleAsync(
                async (moments, cut) =>
                {
                    var stream = Guid.CreateVersion7().ToString();
                    var commands = new RecordedCommands(Page);
                    for (var n = 1; n <= moments.Count; n++)
                    {
                        await AppendAsync(commands, stream, n, moments[n - 1]);
                        if (n == cut)
                        {
                            RecordedCommands.TryRestore(commands.Keep(), out var restored, Page).ShouldBeTrue();
                            commands = restored;
                        }
                    }

                    for (var n = 1; n <= moments.Count; n++)
                    {
                        (await commands.FindAsync(Id(n), At(moments[n - 1]), journal, stream)).ShouldBe(n);
                        (await commands.FindAsync(Id(n + 1000), At(moments[n - 1]), journal, stream)).ShouldBe(0);
                    }
                }
            );

    [Fact]
    public async Task Restore_OtherPages_IsRefused()
    {
        var kept = (await FilledAsync(Page * 2, n => n)).Keep();
        RecordedCommands.TryRestore(kept, out _, Page + 1).ShouldBeFalse();
        RecordedCommands.TryRestore(null, out _, Page).ShouldBeFalse();
    }

    private async Task<RecordedCommands> FilledAsync(int count, Func<int, int> moment)
    {
        var commands = new RecordedCommands(Page);
        for (var n = 1; n <= count; n++)
        {
            await AppendAsync(commands, "s", n, moment(n));
        }

        return commands;
    }

    private async Task AppendAsync(RecordedCommands commands, string stream, int n, int moment)
    {
        var before = await journal.ReadAsync(stream, n - 2, long.MaxValue);
        var head = n == 1 ? JournalHead.None : new JournalHead(n - 1, before[0].Hash);
        await journal.AppendAsync(
            new JournalAppend(
                stream,
                head,
                [new NewEvent(new Stamp(Id(n), Actor.System, At(moment)), "k", "{}"u8.ToArray())],
                ImmutableArray<Delivery>.Empty
            )
        );
        commands.Add(Id(n), At(moment));
    }

    private static Guid Id(int n) => Guid.Parse(n.ToString("D32", CultureInfo.InvariantCulture));

    private static DateTimeOffset At(int n) => Stamps.Morning.AddTicks(n);

    private sealed class Unreadable : IJournal
    {
        public ValueTask<IReadOnlyList<JournalRecord>> ReadAsync(
            string stream,
            long afterVersion,
            long upTo,
            CancellationToken cancellation = default
        ) => throw new IOException("It was read.");

        public ValueTask<JournalHead> AppendAsync(JournalAppend append) => throw new IOException("It was written.");
    }
}
