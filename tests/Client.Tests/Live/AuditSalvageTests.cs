using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using TownReform.Client.Terminal;
using TownReform.Client.Tests.Terminal;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Outbox;
using TownReform.Grains.Journal.Sqlite;

namespace TownReform.Client.Tests.Live;

/// <summary>Damaged files of a town as the console tells of them and saves them.</summary>
public sealed class AuditSalvageTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("salvage");

    private string File => Path.Combine(folder.FullName, "town.sqlite");

    private string Saved => Path.Combine(folder.FullName, "saved");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Salvage_OfAWholeTown_LosesNothing()
    {
        await RecordAsync();
        var saved = await TypeAsync($"audit salvage --file {File} --out {Saved}");
        saved.Code.ShouldBe(ExitCode.Done, saved.Complained);
        saved.Said.ShouldContain("3 records, 1 streams, 3 whole commits of 3");
        (await TypeAsync($"audit verify --file {Path.Combine(Saved, "town.sqlite")}")).Code.ShouldBe(ExitCode.Done);
        var again = await TypeAsync($"audit salvage --file {File} --out {Saved}");
        (again.Code, again.Complained.Contains("isn't empty", StringComparison.Ordinal)).ShouldBe((ExitCode.BadInput, true));
    }

    [Fact]
    public async Task Salvage_OfADamagedTown_SaysInBothLanguagesWhatIsLost()
    {
        await RecordAsync();
        var bytes = await System.IO.File.ReadAllBytesAsync(File, TestContext.Current.CancellationToken);
        bytes[bytes.AsSpan().IndexOf("note 2"u8) + 5] = (byte)'9';
        await System.IO.File.WriteAllBytesAsync(File, bytes, TestContext.Current.CancellationToken);

        (await TypeAsync($"audit verify --file {File}")).Code.ShouldBe(ExitCode.Refused);
        var saved = await TypeAsync($"audit salvage --file {File} --out {Saved}");
        saved.Code.ShouldBe(ExitCode.Refused);
        saved.Complained.ShouldContain("Commits 2 to 3 aren't whole any more.");
        saved.Complained.ShouldContain("seal/yandian lacks #2; 1 later records are put aside");
        var told = await Typed.LineAsync($"audit salvage --lang zh --file {File} --out {Saved}2");
        told.Complained.ShouldContain("第 2 至 3 次提交已不完整");
        using var json = JsonDocument.Parse((await TypeAsync($"audit salvage --json --file {File} --out {Saved}3")).Said);
        json.RootElement.GetProperty("lostRecords")[0].GetProperty("first").GetInt64().ShouldBe(2);
        json.RootElement.GetProperty("lostCommits")[0].GetProperty("last").GetInt64().ShouldBe(3);
        (await TypeAsync($"audit verify --file {Path.Combine(Saved, "town.sqlite")}")).Code.ShouldBe(ExitCode.Refused);
    }

    [Fact]
    public async Task Salvage_OfNothing_SaysWhatToCheck()
    {
        var nothing = await TypeAsync($"audit salvage --file {File} --out {Saved}");
        (nothing.Code, nothing.Complained.Contains("There is no file", StringComparison.Ordinal)).ShouldBe((ExitCode.BadInput, true));
        await System.IO.File.WriteAllTextAsync(File, "no town", TestContext.Current.CancellationToken);
        var empty = await TypeAsync($"audit salvage --file {File} --out {Saved}");
        (empty.Code, empty.Complained.Contains("Nothing of a town's record is whole", StringComparison.Ordinal)).ShouldBe(
            (ExitCode.BadInput, true)
        );
        (await TypeAsync($"audit salvage --file {File}")).Code.ShouldBe(ExitCode.BadInput);
    }

    private static Task<Typed> TypeAsync(string line) => Typed.LineAsync($"{line} --lang en");

    private async Task RecordAsync()
    {
        await using var world = new SqliteWorld(Address.Live, File, new Nobody(), TimeProvider.System, NullLogger.Instance);
        var head = JournalHead.None;
        for (var n = 1; n <= 3; n++)
        {
            var happened = new NewEvent(
                new Stamp(
                    new Guid(n, 0, 0, new byte[8]),
                    new Actor("S001", "government-service"),
                    new DateTimeOffset(2019, 6, 3, 9, n, 0, TimeSpan.Zero)
                ),
                "seal.noted",
                Encoding.UTF8.GetBytes($$"""{"note":"note {{n}}"}""")
            );
            head = await ((IJournal)world).AppendAsync(new JournalAppend("seal/yandian", head, [happened], []));
        }
    }

    private sealed class Nobody : IEffectCourier
    {
        public Task DeliverAsync(ImmutableArray<Delivery> deliveries) => Task.CompletedTask;
    }
}
