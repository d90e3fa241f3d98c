using System.Collections.Concurrent;
using TownReform.Grains.Audit;
using TownReform.Grains.Audit.EndState;
using TownReform.Grains.Seeds;
using TownReform.Silo.Tests.Fixtures;

namespace TownReform.Silo.Tests.Live;

/// <summary>A town starts again after somebody has changed its seeds: open cases keep what they were opened by, due days follow the
/// calendar, and the history says why.</summary>
public sealed class SeedsChangeTests : IDisposable
{
    private const int Refused = 3;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("town");
    private readonly DateTimeOffset today = TimeProvider.System.GetUtcNow();

    public void Dispose() => folder.Delete(recursive: true);

    private string Data => Path.Combine(folder.FullName, "data");

    [Fact]
    public async Task Restart_HolidayAnnounced_IsTheSameDueDayEverywhereAndOnRecord()
    {
        var seeds = Repository.CopySeedsFor(today, Path.Combine(folder.FullName, "seeds"));
        CaseView before;
        await using (var silo = await SiloProcess.StartAsync(Data, SiloProcess.FreePorts(), seeds))
        {
            await using var client = await TownClient.ConnectAsync(silo);
            before = await Applicant(0).OpenAsync(client);
            (await silo.StopAsync()).ShouldBe(0);
        }

        var calendar = Path.Combine(seeds, "calendar", "china.csv");
        var due = before.Due.ShouldNotBeNull();
        File.WriteAllLines(
            calendar,
            [
                .. File.ReadLines(calendar).Where(l => l.Length > 0 && !l.StartsWith($"{due:O}", StringComparison.Ordinal)),
                $"{due:O},holiday,放假",
            ]
        );
        await using var again = await SiloProcess.StartAsync(Data, SiloProcess.FreePorts(), seeds);
        await using var later = await TownClient.ConnectAsync(again);
        var after = (await later.Case(before.Number).ReadAsync()).Value.ShouldNotBeNull();
        after.Due.ShouldNotBeNull().ShouldBeGreaterThan(due);
        after.Version.ShouldBe(before.Version + 1);
        var line = (await later.Grains.GetGrain<ICaseIndexGrain>(Address.Live).ListAsync(new CaseSearch("yandian"))).Single(c =>
            c.Number == before.Number
        );
        line.Due.ShouldBe(after.Due);
        (await later.Grains.GetGrain<IBureauGrain>($"{Address.Live}/{after.Workplace}").ListAsync(null))
            .Single(w => w.Case == before.Number)
            .Due.ShouldBe(after.Due);
        var told = (await later.Audit.ReadStreamAsync($"case/{before.Number}", before.Version)).ShouldHaveSingleItem();
        told.Kind.ShouldBe("case.due-day-moved");
        told.Payload.ShouldContain($"\"from\":\"{due:O}\"");
        told.Payload.ShouldContain("\"because\":\"calendar\"");

        // The inbox is in the order of those days, and nothing of it is a breach.
        var inbox = await later.Grains.GetGrain<IBureauGrain>($"{Address.Live}/{after.Workplace}").ListAsync(null);
        inbox.Select(work => work.Due).ShouldBe(inbox.Select(work => work.Due).Order());
        (
            await EndStateCheck.RunAsync(
                new LiveScan(later.Audit),
                SeedLoader.Load(seeds),
                cancellation: TestContext.Current.CancellationToken
            )
        )
            .Checks.SelectMany(check => check.First)
            .Select(breach => $"{breach.Stream} #{breach.Version}: {breach.Why.En}")
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task Restart_ProcedureOfOpenCases_IsKeptOrTheStartIsRefused()
    {
        var seeds = Repository.CopySeedsFor(today, Path.Combine(folder.FullName, "seeds"));
        var (permit, first) = (Path.Combine(seeds, "procedures", "permit.yaml"), Path.Combine(seeds, "procedures", "permit@2.yaml"));
        File.Delete(Path.Combine(seeds, "procedures", "permit@1.yaml"));
        CaseView opened;
        await using (var silo = await SiloProcess.StartAsync(Data, SiloProcess.FreePorts(), seeds))
        {
            await using var client = await TownClient.ConnectAsync(silo);
            opened = await Applicant(0).OpenAsync(client);
            opened.ProcedureVersion.ShouldBe(2);
            (await silo.StopAsync()).ShouldBe(0);
        }

        var original = File.ReadAllText(permit);
        File.WriteAllText(
            permit,
            original
                .Replace("to: review,", "to: checking,", StringComparison.Ordinal)
                .Replace("\n  review:\n", "\n  checking:\n", StringComparison.Ordinal)
                .Replace("[review]", "[checking]", StringComparison.Ordinal)
        );
        File.ReadAllText(permit).ShouldNotBe(original);
        await RefusesAsync(seeds, "6006", "permit", opened.Number);

        File.WriteAllText(permit, File.ReadAllText(permit).Replace("version: 2", "version: 3", StringComparison.Ordinal));
        await RefusesAsync(seeds, "6005", "permit", opened.Number);

        // Gone altogether, with the documents that it issues.
        var documents = Path.Combine(seeds, "documents");
        Directory.Move(documents, Path.Combine(folder.FullName, "documents"));
        var second = File.ReadAllText(permit);
        File.Delete(permit);
        await RefusesAsync(seeds, "6005", "permit", opened.Number);
        File.WriteAllText(permit, second);
        Directory.Move(Path.Combine(folder.FullName, "documents"), documents);

        File.WriteAllText(first, original);
        await using var again = await SiloProcess.StartAsync(Data, SiloProcess.FreePorts(), seeds);
        await using var later = await TownClient.ConnectAsync(again);
        (await Applicant(2).OpenAsync(later)).ProcedureVersion.ShouldBe(3);
        var accepted = await Applicant(0).ActAsync(later, opened, 1, "accept");
        (accepted.Step, accepted.ProcedureVersion).ShouldBe(("review", 2));
    }

    private static Applicant Applicant(int number) => new(number, new ConcurrentDictionary<Guid, CaseView>());

    private async Task RefusesAsync(string seeds, params string[] said)
    {
        await using var silo = SiloProcess.Launch(Data, SiloProcess.FreePorts(), seeds);
        (await silo.ExitAsync()).ShouldBe(Refused, string.Join('\n', silo.Complaints));
        said.ShouldAllBe(
            word => silo.Complaints.Any(line => line.Contains(word, StringComparison.Ordinal)),
            string.Join('\n', silo.Complaints)
        );
    }
}
