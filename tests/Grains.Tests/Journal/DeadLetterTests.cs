using Microsoft.Extensions.Logging.Abstractions;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Outbox;
using TownReform.Grains.Journal.Sqlite;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Journal;

/// <summary>What nobody takes is kept in the file, over a restart, and listed.</summary>
public sealed class DeadLetterTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("letters");

    private string File => Path.Combine(folder.FullName, "town.sqlite");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task PutAside_AndOpenedAgain_IsListedAndWaitsNoMore()
    {
        await using (var world = Open(new Courier()))
        {
            await world.AppendAsync(Sample.Append("case/1", JournalHead.None, 1, null, false, Sample.Effect("case/1", 1, 0)));
            world.StartDelivering();
            await Eventually.HoldsAsync(
                "the effect is put aside",
                async () => await world.Storage.DeadLetters!.CountAsync(TestContext.Current.CancellationToken) > 0
            );

            var letter = (await world.Storage.DeadLetters!.ListAsync(0, 10, TestContext.Current.CancellationToken)).ShouldHaveSingleItem();
            (letter.Attempts, letter.Delivery.Id.Stream).ShouldBe((2, "case/1"));
            letter.Why.ShouldContain("not well");
        }

        await using (var world = Open(new Courier()))
        {
            world.StartDelivering();
            (await world.Storage.Outbox.CountAsync(TestContext.Current.CancellationToken)).ShouldBe(0);
            var letter = (await world.Storage.DeadLetters!.ListAsync(0, 10, TestContext.Current.CancellationToken)).ShouldHaveSingleItem();
            (await world.Storage.DeadLetters.ListAsync(letter.Id, 10, TestContext.Current.CancellationToken)).ShouldBeEmpty();
            await world.Storage.DeadLetters.ForgetAsync(letter.Id, TestContext.Current.CancellationToken);
            (await world.Storage.DeadLetters.CountAsync(TestContext.Current.CancellationToken)).ShouldBe(0);
        }
    }

    private SqliteWorld Open(Courier courier)
    {
        courier.ThrowNext(int.MaxValue);
        return new("live", File, courier, new HurriedTime(), NullLogger.Instance, rule: new DeadLetterRule(2, TimeSpan.Zero));
    }
}
