using TownReform.Grains.Audit.EndState;
using TownReform.Grains.Journal.Sqlite;
using TownReform.Grains.Recording;
using TownReform.Grains.Seeds;
using TownReform.Silo.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Silo.Tests.Live;

/// <summary>A silo of this version starts on the folder that an earlier one left when it was killed (<see cref="EarlierTown"/>), and the
/// town's cases go on.</summary>
public sealed class UpgradedTownTests : IDisposable
{
    private static readonly Guid Parent = new("6f1c7b0e-3a55-4d0c-9a7e-000000000002");

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("upgrade");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Start_FolderOfAnEarlierVersion_ItsCasesGoOn()
    {
        var data = EarlierTown.Unpack(folder.FullName).Folder;
        await using (var silo = await SiloProcess.StartWithAsync(data, SiloProcess.FreePorts(), "--clock", "2026-11-30T09:00"))
        {
            await using var client = await TownClient.ConnectPatientlyAsync(silo);
            await client.DeliveredAsync();
            var granted = (await client.Case("YD00000001").ReadAsync()).Value.ShouldNotBeNull();
            (granted.Step, granted.Certificate).ShouldBe(("delivery", "烟行许〔2026〕1号"));
            (await ActAsync(client, granted, 1, "deliver")).Disposition.ShouldBe(Disposition.Decided);

            var waiting = (await client.Case("YD00000003").ReadAsync()).Value.ShouldNotBeNull();
            (await ActAsync(client, waiting, 2, "accept")).Step.ShouldBe("review");
            await client.DeliveredAsync();
            (await silo.StopAsync()).ShouldBe(0);
        }

        var file = Path.Combine(data, "town.sqlite");
        SqliteAudit.Verify(file, null, TestContext.Current.CancellationToken).Fault.ShouldBeNull();
        var seeds = SeedLoader.Load(Repository.Seeds);
        var report = await EndStateCheck.RunAsync(new SqliteScan(file), seeds, cancellation: TestContext.Current.CancellationToken);
        report
            .Checks.SelectMany(check => check.First)
            .Select(breach => $"{breach.Stream} #{breach.Version}: {breach.Why.En}")
            .ShouldBeEmpty();
    }

    private static async Task<CaseView> ActAsync(TownClient client, CaseView view, int command, string act)
    {
        var time = await client.Grains.GetGrain<ICaseIndexGrain>(Address.Live).TimeAsync();
        var stamp = new Stamp(DerivedIds.Of(Parent, command), new Actor(view.Officers[0], "government-service"), time.Now);
        var answer = await client.Case(view.Number).ActAsync(new ActOnCase(stamp, act, []));
        return answer.Value ?? throw new InvalidOperationException(answer.Refusal?.ToString());
    }
}
