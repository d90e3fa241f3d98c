using System.Collections.Concurrent;
using TownReform.Grains.Journal.Sqlite;
using TownReform.Silo.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Silo.Tests.Live;

/// <summary>SIGKILL in the middle of a burst, with real processes: what was answered is there, nothing twice, chains whole.</summary>
public sealed class KillTests : IDisposable
{
    private const int Applicants = 120,
        Clients = 3,
        AnsweredBeforeKill = 160;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("town");
    private readonly DateTimeOffset today = TimeProvider.System.GetUtcNow();
    private readonly ConcurrentDictionary<Guid, CaseView> answered = new();

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Kill_InABurst_LosesNothingAndDoublesNothing()
    {
        var (ports, seeds) = (SiloProcess.FreePorts(), Repository.CopySeedsFor(today, Path.Combine(folder.FullName, "seeds")));
        await using (var silo = await SiloProcess.StartAsync(folder.FullName, ports, seeds))
        {
            await BurstAsync(silo, killAfter: AnsweredBeforeKill);
        }

        var beforeKill = answered.Keys.ToArray();
        beforeKill.Length.ShouldBeInRange(AnsweredBeforeKill, (Applicants * 4) - 1);
        ChainsAreWhole();

        await using (var silo = await SiloProcess.StartAsync(folder.FullName, ports, seeds))
        {
            await BurstAsync(silo, killAfter: null);
            await DrainAsync(silo);
            (await silo.StopAsync()).ShouldBe(0);
        }

        ChainsAreWhole();
        answered.Count.ShouldBe(Applicants * 4);
        Column("SELECT command_id FROM journal")
            .Where(id => answered.ContainsKey(Guid.Parse(id)))
            .CountBy(id => id)
            .ShouldAllBe(id => id.Value == 1);
        beforeKill.Select(id => id.ToString()).ShouldBeSubsetOf(Column("SELECT command_id FROM journal"));
        Column("SELECT number FROM cases").Order().ShouldBe(answered.Values.Select(v => v.Number).Distinct().Order());
        Column("SELECT party_id FROM cases").Distinct().Count().ShouldBe(Applicants);
        Column("SELECT certificate FROM standing WHERE certificate IS NOT NULL").Distinct().Count().ShouldBe(Applicants);
        Column("SELECT CAST(count(*) AS TEXT) FROM outbox").ShouldBe(["0"]);
    }

    private async Task BurstAsync(SiloProcess silo, int? killAfter)
    {
        var clients = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => TownClient.ConnectAsync(silo)));
        try
        {
            var lives = Enumerable.Range(0, Applicants).Select(n => new Applicant(n, answered).GoAsync(clients[n % Clients])).ToArray();
            if (killAfter is not { } enough)
            {
                await Task.WhenAll(lives);
                return;
            }

            await Eventually.HoldsAsync(
                $"{enough} commands are answered",
                () => answered.Count >= enough || lives.All(life => life.IsCompleted)
            );

            await silo.KillAsync();
            await Task.WhenAll(lives.Select(l => l.ContinueWith(static _ => { }, TaskScheduler.Default)));
        }
        finally
        {
            await Task.WhenAll(clients.Select(c => c.DisposeAsync().AsTask()));
        }
    }

    private static async Task DrainAsync(SiloProcess silo)
    {
        await using var client = await TownClient.ConnectAsync(silo);
        await client.DeliveredAsync();
    }

    private void ChainsAreWhole() => SqliteAudit.Verify(Journal).Fault.ShouldBeNull();

    private string Journal => Path.Combine(folder.FullName, "town.sqlite");

    private List<string> Column(string query) => RecordFile.Column(Journal, query);
}
