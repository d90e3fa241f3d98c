using System.Collections.Concurrent;
using TownReform.Silo.Tests.Fixtures;
using TownReform.Tests.Fixtures;

namespace TownReform.Silo.Tests.Live;

/// <summary>The live silo as a process: who may start it, how it stops, what it remembers.</summary>
public sealed class SiloProcessTests : IDisposable
{
    private const int BadInput = 2,
        FoundedOtherwise = 3,
        InUse = 4;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("town");

    public void Dispose() => folder.Delete(recursive: true);

    private string Data => Path.Combine(folder.FullName, "data");

    [Fact]
    public async Task Start_FolderOrPortInUse_IsRefused()
    {
        var ports = SiloProcess.FreePorts();
        await using var silo = await SiloProcess.StartAsync(Data, ports);

        await using var sameFolder = SiloProcess.Launch(Data, SiloProcess.FreePorts());
        (await sameFolder.ExitAsync()).ShouldBe(InUse);

        await using var samePorts = SiloProcess.Launch(Path.Combine(folder.FullName, "other"), ports);
        (await samePorts.ExitAsync()).ShouldBe(InUse);
        IsBrief(sameFolder);
        IsBrief(samePorts);
    }

    [Fact]
    public async Task Restart_Cold_ShowsTheSameCase()
    {
        CaseView before;
        var today = TimeProvider.System.GetUtcNow();
        var seeds = Repository.CopySeedsFor(today, Path.Combine(folder.FullName, "seeds"));
        await using (var silo = await SiloProcess.StartAsync(Data, SiloProcess.FreePorts(), seeds))
        {
            await using var client = await TownClient.ConnectAsync(silo);
            var number = (await new Applicant(0, new ConcurrentDictionary<Guid, CaseView>()).GoAsync(client)).Number;
            before = await SealedAsync(client, number);
            (await silo.StopAsync()).ShouldBe(0);
        }

        await using var again = await SiloProcess.StartAsync(Data, SiloProcess.FreePorts(), seeds);
        await using var later = await TownClient.ConnectAsync(again);
        var after = (await later.Case(before.Number).ReadAsync()).Value.ShouldNotBeNull();
        Comparable(after).ShouldBe(Comparable(before));
        after.Fields.ShouldBe(before.Fields);
    }

    [Fact]
    public async Task Start_SeedsBroken_IsRefusedWithTheFault()
    {
        Repository.CopySeeds(folder.FullName);
        File.AppendAllText(Path.Combine(folder.FullName, "catalogues", "yandian.csv"), "broken\n");
        await using var silo = SiloProcess.Launch(Data, SiloProcess.FreePorts(), folder.FullName);
        (await silo.ExitAsync()).ShouldBe(BadInput);
        silo.Complaints.ShouldContain(line => line.Contains("catalogues/yandian.csv:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_RedoLogIsGone_IsRefusedInOneSentence()
    {
        await using (var silo = await SiloProcess.StartAsync(Data, SiloProcess.FreePorts()))
        {
            await silo.KillAsync();
        }

        foreach (var segment in Directory.GetFiles(Data, "town.redo*"))
        {
            File.Delete(segment);
        }

        await using var refused = SiloProcess.Launch(Data, SiloProcess.FreePorts());
        (await refused.ExitAsync()).ShouldBe(BadInput);
        IsBrief(refused);
        refused.Complaints.ShouldContain(line => line.Contains("audit salvage --file", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_OtherSeedsThanFounded_IsRefused()
    {
        await using (var silo = await SiloProcess.StartAsync(Data, SiloProcess.FreePorts()))
        {
            (await silo.StopAsync()).ShouldBe(0);
        }

        Repository.CopySeeds(folder.FullName);
        File.AppendAllText(Path.Combine(folder.FullName, "towns", "yandian.yaml"), "# another plan\n");
        await using var other = SiloProcess.Launch(Data, SiloProcess.FreePorts(), folder.FullName);
        (await other.ExitAsync()).ShouldBe(FoundedOtherwise);
        IsBrief(other);
    }

    // Arrays compare by reference inside a record.
    private static CaseView Comparable(CaseView view) => view with { Fields = [], Officers = [] };

    // Orleans remarks on turns of more than a second, which a first turn takes on a machine that other tests keep busy, and on pauses of
    // the machine itself.
    private static void IsBrief(SiloProcess refused) =>
        refused
            .Complaints.Count(line => line.Length > 0 && !OfTheMachine.Any(remark => line.StartsWith(remark, StringComparison.Ordinal)))
            .ShouldBe(1, string.Join('\n', refused.Complaints));

    private static readonly string[] OfTheMachine =
    [
        "warn: Orleans.Runtime.Scheduler.",
        "warn: Orleans.Runtime.MembershipService.LocalSiloHealthMonitor[",
    ];

    private static Task<CaseView> SealedAsync(TownClient client, string number) =>
        Eventually.GivesAsync(
            $"case {number} has its certificate",
            async () => (await client.Case(number).ReadAsync()).Value is { Certificate: not null } view ? view : null
        );
}
