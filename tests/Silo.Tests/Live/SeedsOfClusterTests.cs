using TownReform.Silo.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Silo.Tests.Live;

/// <summary>Silos of one cluster go by the same seeds: another is told which files differ, and doesn't join.</summary>
public sealed class SeedsOfClusterTests : IDisposable
{
    private const int Refused = 3;
    private const string Calendar = "calendar/china.csv";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cluster");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Join_WithOtherSeeds_IsRefusedAndNamesTheFiles_WithAnotherCommentItIsNot()
    {
        await using var server = new PrivatePostgres();
        var connection = await server.NewDatabaseAsync();
        var (seeds, other) = (Path.Combine(folder.FullName, "seeds"), Path.Combine(folder.FullName, "other"));
        Repository.CopySeedsFor(TimeProvider.System.GetUtcNow(), seeds);
        Repository.CopySeedsFor(TimeProvider.System.GetUtcNow(), other);
        File.AppendAllText(Path.Combine(other, "law", "penalty.yaml"), "\n# A note says nothing.\n");
        await using var first = await SiloProcess.StartInClusterAsync(connection, SiloProcess.FreePorts(), seeds);

        var calendar = File.ReadAllText(Path.Combine(other, Calendar));
        File.WriteAllText(
            Path.Combine(other, Calendar),
            calendar.Replace("2019-05-05,workday", "2019-05-05,holiday", StringComparison.Ordinal)
        );
        await using (var joining = SiloProcess.LaunchInCluster(connection, SiloProcess.FreePorts(), other))
        {
            (await joining.ExitAsync()).ShouldBe(Refused, string.Join('\n', joining.Complaints));
            joining.Complaints.ShouldContain(line =>
                line.Contains("6007", StringComparison.Ordinal)
                && line.Contains(Calendar, StringComparison.Ordinal)
                && line.Contains("stop all silos first", StringComparison.Ordinal)
            );
            joining.Complaints.ShouldNotContain(line =>
                line.Contains("penalty.yaml", StringComparison.Ordinal) || line.Contains("   at ", StringComparison.Ordinal)
            );
        }

        await using var client = await TownClient.ConnectAsync(first);
        (await ServingAsync(client)).ShouldBe(1);
        File.WriteAllText(Path.Combine(other, Calendar), calendar);
        await using var second = await SiloProcess.StartInClusterAsync(connection, SiloProcess.FreePorts(), other);
        (await ServingAsync(client)).ShouldBe(2);
    }

    private static async Task<int> ServingAsync(TownClient client) =>
        (await client.Grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true)).Count;
}
