using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using TownReform.Client.Terminal;
using TownReform.Client.Tests.Terminal;
using TownReform.Grains.Seeds;
using TownReform.Silo.Tests.Fixtures;

namespace TownReform.Client.Tests.Demo;

/// <summary><c>serve</c>: one command opens a town with work in it, and nothing that was there is lost.</summary>
public sealed class ServeTests : IDisposable
{
    private const string IsOpen = "The demo world is open";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("serve-");

    private string Town => Path.Combine(folder.FullName, "1", "town.sqlite");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Serve_ForTheFirstTime_HasCasesInEveryStateAndASoundRecord()
    {
        await using (var demo = new ServedDemo(folder.FullName, "--day", "2026-11-30"))
        {
            await demo.SaysAsync(IsOpen);
            demo.Said.ShouldContain("2026-10-05 to 2026-11-30 10:30");
            using var web = new HttpClient();
            var ready = await web.GetStringAsync($"{Address(demo)}/health/ready", TestContext.Current.CancellationToken);
            ready.ShouldBe("ready (practice town)");
            (await demo.InterruptAsync()).ShouldBe(0, demo.Said);
        }

        (await TypeAsync("audit verify")).ShouldContain("whole:");
        (await TypeAsync("audit check")).ShouldContain("Sound:");
        HasAllStates();
        Directory.EnumerateFileSystemEntries(folder.FullName).ShouldHaveSingleItem();

        // Again: the same town, which has gone on from where it stopped.
        var records = Count("SELECT count(*) FROM journal");
        await using (var again = new ServedDemo(folder.FullName))
        {
            await again.SaysAsync(IsOpen);
            again.Said.ShouldNotContain("Filling");
            (await again.InterruptAsync()).ShouldBe(0, again.Said);
        }

        Count("SELECT count(*) FROM journal").ShouldBeGreaterThanOrEqualTo(records);
        (await TypeAsync("audit check")).ShouldContain("Sound:");
    }

    [Fact]
    public async Task Serve_InterruptedOrKilledWhileItFills_NeverOpensAHalfFilledWorld()
    {
        await using (var interrupted = new ServedDemo(folder.FullName))
        {
            await interrupted.SaysAsync("Filling");
            (await interrupted.InterruptAsync()).ShouldBe(ExitCode.Cancelled, interrupted.Said);
            Directory.EnumerateFileSystemEntries(folder.FullName).ShouldBeEmpty();
        }

        await using (var killed = new ServedDemo(folder.FullName))
        {
            await killed.SaysAsync("Filling");
            await killed.SignalAsync("KILL");
        }

        using var taken = Listen(5080);
        await using var demo = new ServedDemo(folder.FullName, "--fresh");
        await demo.SaysAsync(IsOpen);
        demo.Said.ShouldContain("1.half-filled is half filled and not used");
        demo.Said.ShouldContain("Port 5080 is in use");
        Directory.GetDirectories(folder.FullName).Select(Path.GetFileName).Order().ShouldBe(["1.half-filled", "2"]);
    }

    [Theory]
    [InlineData("--http 0", "--http")]
    [InlineData("--http 65536", "--http")]
    [InlineData("--day 2026-13-01", "--day")]
    public async Task Serve_BadOption_IsNamedAndMakesNothing(string line, string option)
    {
        var (code, _, complained) = await Typed.LineAsync($"serve --data {folder.FullName} {line} --lang en");
        (code, complained.Contains(option, StringComparison.Ordinal)).ShouldBe((ExitCode.BadInput, true), complained);
        Directory.EnumerateFileSystemEntries(folder.FullName).ShouldBeEmpty();
    }

    // To the police, to the court, beside the law's range, in public for want of an address: some in a thousand penalties. Which of them
    // a small town has on its day is chance.
    private static readonly string[] Seldom =
    [
        .. new[]
        {
            "county-transfer",
            "crime-approval",
            "crime-handover",
            "sparing",
            "town-decision",
            "public-notice",
            "notice-over",
            "deferral",
            "payment-later",
            "demand-letter",
            "demanded",
            "court",
        }.Select(step => $"penalty-general.{step}"),
    ];

    // Each step at which an officer has something to do, but for those that only what happens seldom leads to.
    private void HasAllStates()
    {
        var waiting = List(
            "SELECT DISTINCT c.procedure || '.' || s.step FROM cases c JOIN standing s USING (number) WHERE s.disposition = 1"
        );
        var seeds = SeedLoader.Load(Repository.Seeds);
        var steps = new[] { "permit", "permit-by-county", "penalty-general", "secondment", "power-adjustment", "enquiry" }
            .SelectMany(code => seeds.Procedures[code].Steps.Values.Select(step => $"{code}.{step.Code}"))
            .Except(Seldom)
            .ToArray();
        steps.Except(waiting).Count().ShouldBeLessThanOrEqualTo(2, string.Join(", ", steps.Except(waiting)));
        var open = Count("SELECT count(*) FROM standing WHERE disposition = 1");
        open.ShouldBeInRange(150, 600);
        Count("SELECT count(*) FROM standing WHERE disposition <> 1").ShouldBeInRange(200, 1500);
        Count("SELECT count(*) FROM standing WHERE disposition = 1 AND colour >= 4").ShouldBeInRange(10, open / 3);
        Count("SELECT count(DISTINCT disposition) FROM standing").ShouldBeGreaterThanOrEqualTo(4);
        Count("SELECT count(*) FROM journal WHERE kind LIKE 'case.%refused'").ShouldBeGreaterThan(10);
        Count("SELECT count(*) FROM journal WHERE kind = 'intake.refused'").ShouldBeGreaterThan(5);
    }

    private static string Address(ServedDemo demo) =>
        demo.Said.Split('\n').First(line => line.Contains("http://", StringComparison.Ordinal)).Split("http://")[1].Split('/')[0]
            is var host
            ? $"http://{host}"
            : "";

    private async Task<string> TypeAsync(string line)
    {
        var (code, said, complained) = await Typed.LineAsync($"{line} --file {Town} --lang en");
        code.ShouldBe(ExitCode.Done, complained + said);
        return said;
    }

    private static TcpListener? Listen(int port)
    {
        var listener = new TcpListener(System.Net.IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return listener;
        }
        catch (SocketException)
        {
            // Somebody else has it: just as well.
            return null;
        }
    }

    private long Count(string sql) => (long)Read(sql)[0];

    private string[] List(string sql) => [.. Read(sql).Cast<string>()];

    private List<object> Read(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Town};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<object>();
        while (reader.Read())
        {
            rows.Add(reader.GetValue(0));
        }

        return rows;
    }
}
