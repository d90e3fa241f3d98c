using System.Collections.Concurrent;
using TownReform.Silo.Tests.Fixtures;

namespace TownReform.Silo.Tests.Live;

/// <summary>One case that far more people act on at once than may stand in its line, with a real silo and a client as it is
/// shipped.</summary>
public sealed class CrowdedCaseTests : IDisposable
{
    private const int Admitted = 16,
        Crowd = 600;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("town");
    private readonly DateTimeOffset today = TimeProvider.System.GetUtcNow();

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Act_LineIsFull_BusyAtOnceAndNothingOfItIsRecorded()
    {
        var seeds = Repository.CopySeedsFor(today, Path.Combine(folder.FullName, "seeds"));
        await using var silo = await SiloProcess.StartWithAsync(
            folder.FullName,
            SiloProcess.FreePorts(),
            "--most-at-once",
            $"{Admitted}",
            "--seeds",
            seeds
        );
        await using var client = await TownClient.ConnectAsShippedAsync([silo]);
        var prepared = await new Applicant(1, new ConcurrentDictionary<Guid, CaseView>(), "yandian").PrepareAsync(client);

        var actor = new Actor(prepared.Officers[0], "government-service");
        var grants = Enumerable
            .Range(1, Crowd)
            .Select(n => new ActOnCase(new Stamp(new Guid(n, 0, 0, new byte[8]), actor, today.AddMinutes(3)), "grant", []));
        var answers = await Task.WhenAll(grants.Select(grant => client.Case(prepared.Number).ActAsync(grant)));

        var busy = answers.Where(answer => answer.Refusal?.Code == RefusalCode.Busy).ToArray();
        answers.Count(answer => answer.Refusal is null).ShouldBe(1);
        busy.ShouldNotBeEmpty();
        busy.ShouldAllBe(answer => answer.Refusal!.Facts.Any(fact => fact.Name == Busy.RetryAfter));
        (await silo.StopAsync()).ShouldBe(0);
        RecordFile
            .Column(
                Path.Combine(folder.FullName, "town.sqlite"),
                $"SELECT kind FROM journal WHERE stream = 'case/{prepared.Number}' AND kind = 'case.act-refused'"
            )
            .Count.ShouldBe(Crowd - 1 - busy.Length);
    }
}
