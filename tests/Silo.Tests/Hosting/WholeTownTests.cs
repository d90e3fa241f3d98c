using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using TownReform.Grains.Journal;
using TownReform.Grains.Journal.Backup;
using TownReform.Grains.Journal.Outbox;
using TownReform.Grains.Journal.Postgres;
using TownReform.Grains.Receipts;
using TownReform.Silo.Hosting;
using TownReform.Silo.Identity;
using TownReform.Silo.Identity.Storage;
using TownReform.Silo.Papers.Store;
using TownReform.Silo.Tests.Api;
using TownReform.Silo.Tests.Fixtures;
using TownReform.Silo.Tests.Identity;
using TownReform.Tests.Fixtures;

namespace TownReform.Silo.Tests.Hosting;

/// <summary>A backup has accounts, papers and signing keys too, and what ended since does not come back.</summary>
public sealed class WholeTownTests(PrivatePostgres server) : IClassFixture<PrivatePostgres>, IDisposable
{
    private static readonly byte[] Pdf = [.. "%PDF-1.7\nhello"u8];

    private static readonly string Hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Pdf));

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("whole");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public void Dispose() => folder.Delete(recursive: true);

    private string At(string name) => Path.Combine(folder.FullName, name);

    [Fact]
    public async Task Restore_OfARunningTown_HasItsPeopleKeysAndPapers()
    {
        string key,
            signed;
        BrowserSession before;
        await using (var town = await TownAsync(At("data")))
        {
            (key, _) = await town.ProgramAsync();
            var number = await town.OpenAsync(key, await town.UploadAsync(key));
            signed = (await town.AskAsync(key, HttpMethod.Get, $"/api/v1/cases/{number}/receipt", null)).GetProperty("signed").GetString()!;
            await town.AddWangAsync();
            before = new BrowserSession(town.Port);
            (await before.SignInAsync("wang", IdentitySilo.Password)).Status.ShouldBe(HttpStatusCode.OK);
            SqliteBackup.Make(At("data"), At("kept"), WholeTown.Beside, Now, _ => { }, Stop);
        }

        Directory.CreateDirectory(At("new"));
        SqliteBackup.Restore(At("kept"), At("new"), Stop);
        OthersMay(At("new")).ShouldBeEmpty();
        await using var again = await TownAsync(At("new"));
        using var browser = new BrowserSession(again.Port);
        (await browser.SignInAsync("wang", IdentitySilo.Password)).Status.ShouldBe(HttpStatusCode.OK);
        using var old = before.Copy(again.Port);
        (await old.GetAsync("/account")).Status.ShouldBe(HttpStatusCode.SeeOther, "no session comes back");
        (await again.PaperAsync(key)).ShouldBe(Pdf);
        var verdict = await again.AskAsync(key, HttpMethod.Post, "/api/v1/receipts/verify", new { signed });
        verdict.GetProperty("holds").GetBoolean().ShouldBeTrue(verdict.ToString());
        before.Dispose();
    }

    [Fact]
    public async Task Restore_BackupWithAChangedPaperOrAStrangeName_IsRefused()
    {
        Directory.CreateDirectory(At("data/papers/ab"));
        await using (var town = await TownAsync(At("data")))
        {
            await File.WriteAllTextAsync(At("data/papers/ab/abcd"), "paper", Stop);
            await File.WriteAllTextAsync(At("data/papers/new-1"), "on its way", Stop);
            SqliteBackup.Make(At("data"), At("kept"), WholeTown.Beside, Now, _ => { }, Stop);
        }

        File.Exists(At("kept/papers/new-1")).ShouldBeFalse();
        await File.AppendAllTextAsync(At("kept/papers/ab/abcd"), "!", Stop);
        Should.Throw<BackupException>(() => SqliteBackup.Restore(At("kept"), At("new"), Stop)).Words.En.ShouldContain("was changed");
        await File.WriteAllTextAsync(At("kept/papers/ab/abcd"), "paper", Stop);
        var manifest = await File.ReadAllTextAsync(At("kept/backup.json"), Stop);
        foreach (var name in (string[])["../papers/ab/abcd", "/papers/ab/abcd", "papers//abcd", "papers/./ab/abcd", "papers\\\\ab"])
        {
            await File.WriteAllTextAsync(At("kept/backup.json"), manifest.Replace("papers/ab/abcd", name, StringComparison.Ordinal), Stop);
            Should.Throw<BackupException>(() => SqliteBackup.Restore(At("kept"), At("new"), Stop)).Words.En.ShouldContain("no name");
        }

        Directory.Exists(At("new")).ShouldBeFalse();
        await File.WriteAllTextAsync(At("kept/backup.json"), manifest, Stop);
        SqliteBackup.Restore(At("kept"), At("new"), Stop).Files.Length.ShouldBeGreaterThan(3);
    }

    [Fact]
    public async Task Restore_OfADatabase_HasItsSchemas()
    {
        var (from, to) = (await server.NewDatabaseAsync(), await server.NewDatabaseAsync());
        await using (var accounts = AccountDatabase.OnPostgres(from))
        using (var papers = PaperDatabase.OnPostgres(from))
        using (var keys = new KeyTable(from))
        {
            await new AccountStore(accounts).AddAsync(Wang, "hash", mustChange: false, Now);
            await new AccountStore(accounts).LinkOutsideAsync("https://id.example", "4f1c", "wang");
            await new SessionStore(accounts).StartAsync(new Session("s", "wang", Now, "password"), Now.AddDays(-1));
            await new ApiKeyStore(accounts).AddAsync(ApiKeys.New("wang", "key", KeyScopes.Read, Now, Now.AddDays(1)).Key);
            await new DraftStore(accounts, TimeProvider.System).SaveAsync("wang", "YD-XK-001", ImmutableDictionary<string, string>.Empty);
            using var store = Store(papers, papers);
            await store.TakeAsync(new MemoryStream(Pdf), "a.pdf", "wang", Stop);
            await keys.ReplaceAsync(null, StoredKey.New(Now), Stop);
            await using var world = World(from, 1);
            await world.AppendAsync(new JournalAppend("case/YD00000001", JournalHead.None, [Noted()], []));
            await PostgresBackup.MakeAsync(from, At("kept"), WholeTown.Beside, Now, _ => { }, Stop);
        }

        await PostgresBackup.RestoreAsync(At("kept"), to, WholeTown.Beside, _ => { }, Stop);
        await using var restored = AccountDatabase.OnPostgres(to);
        (await new AccountStore(restored).FindOutsideAsync("https://id.example", "4f1c"))!.Account.Parties.ShouldBe(Wang.Parties);
        (await new SessionStore(restored).ListAsync("wang")).ShouldBeEmpty();
        (await new ApiKeyStore(restored).ListAsync("wang")).Length.ShouldBe(1);
        (await new DraftStore(restored, TimeProvider.System).ListAsync("wang")).Length.ShouldBe(1);
        using var files = PaperDatabase.OnPostgres(to);
        using var copy = new MemoryStream();
        (await files.CopyToAsync(Hash, copy, Stop)).ShouldBeTrue();
        copy.ToArray().ShouldBe(Pdf);
        using var signing = new KeyTable(to);
        var key = (await signing.ReadAsync(Stop)).ShouldHaveSingleItem();
        key.Private.ShouldNotBeNull();
        await signing.ReplaceAsync(key.Id, StoredKey.New(Now), Stop);
        (await signing.ReadAsync(Stop)).Count.ShouldBe(2, "numbers go on after those that are taken");
    }

    private static Account Wang => new("wang", AccountKind.Party, "wang", new("王某", "Wang")) { Parties = ["371581199001011234"] };

    private static PaperStore Store(IPaperFiles files, PaperDatabase database) =>
        new(files, new PaperIndex(database), new PaperScanner(null, NullLogger<PaperScanner>.Instance), TimeProvider.System);

    private static PostgresWorld World(string connection, long generation) =>
        new(
            Address.Live,
            connection,
            new WriterName("127.0.0.1", 1, (int)generation),
            new NoCourier(),
            TimeProvider.System,
            NullLogger.Instance
        );

    private static NewEvent Noted() =>
        new(new Stamp(Guid.CreateVersion7(), Actor.System, Now), "case.noted", "{\"note\":\"text\"}"u8.ToArray());

#pragma warning disable CA1416 // Asked only where files have modes.
    private static List<string> OthersMay(string place) =>
        OperatingSystem.IsWindows()
            ? []
            :
            [
                .. Directory
                    .GetFileSystemEntries(place, "*", SearchOption.AllDirectories)
                    .Where(path => ((int)File.GetUnixFileMode(path) & 0x3F) != 0),
            ];
#pragma warning restore CA1416

    private static async Task<Town> TownAsync(string data)
    {
        var (port, _) = SiloProcess.FreePorts();
        var process = await SiloProcess.StartWithAsync(
            data,
            SiloProcess.FreePorts(),
            "--http",
            port.ToString(CultureInfo.InvariantCulture)
        );
        return new Town(process, data, port);
    }

    private sealed class NoCourier : IEffectCourier
    {
        public Task DeliverAsync(System.Collections.Immutable.ImmutableArray<Delivery> deliveries) => Task.CompletedTask;
    }

    private sealed class Town(SiloProcess process, string data, int port) : IAsyncDisposable
    {
        private readonly HttpClient http = new() { BaseAddress = new Uri(FormattableString.Invariant($"http://127.0.0.1:{port}")) };

        public int Port => port;

        public async Task AddWangAsync()
        {
            await using var accounts = AccountDatabase.OnSqlite(data);
            await new AccountStore(accounts).AddAsync(Wang, await new Passwords().HashAsync(IdentitySilo.Password), false, Now);
        }

        public async Task<(string Text, ApiKey Key)> ProgramAsync()
        {
            await using var accounts = AccountDatabase.OnSqlite(data);
            var program = Wang with { Id = "till", SignInName = "till", Kind = AccountKind.Integration };
            await new AccountStore(accounts).AddAsync(program, null, false, Now);
            var made = ApiKeys.New("till", "key", KeyScopes.Read | KeyScopes.ApplyForParty, Now, Now.AddDays(1));
            await new ApiKeyStore(accounts).AddAsync(made.Key);
            return made;
        }

        public async Task<string> UploadAsync(string key)
        {
            using var file = new ByteArrayContent(Pdf);
            file.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
            using var form = new MultipartFormDataContent { { file, "file", "a.pdf" } };
            return (await SendAsync(key, HttpMethod.Post, "/api/v1/papers", form)).GetProperty("field").GetString()!;
        }

        public async Task<string> OpenAsync(string key, string paper)
        {
            var opening = new
            {
                procedure = "permit",
                item = "YD-XK-001",
                party = new
                {
                    id = Wang.Parties[0],
                    name = "王某",
                    organisation = false,
                },
                fields = new { papers = paper },
            };
            var opened = await AskAsync(key, HttpMethod.Post, "/api/v1/towns/yandian/cases", opening);
            return opened.GetProperty("number").GetString()!;
        }

        public async Task<byte[]> PaperAsync(string key)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/papers/{Hash}");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            using var answer = await http.SendAsync(request, Stop);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            return await answer.Content.ReadAsByteArrayAsync(Stop);
        }

        public Task<JsonElement> AskAsync(string key, HttpMethod method, string path, object? body) =>
            SendAsync(key, method, path, body is null ? null : JsonContent.Create(body, body.GetType()));

        private async Task<JsonElement> SendAsync(string key, HttpMethod method, string path, HttpContent? content)
        {
            using var request = new HttpRequestMessage(method, path) { Content = content };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            request.Headers.Add("Idempotency-Key", SignedInSilo.Fresh());
            using var answer = await http.SendAsync(request, Stop);
            var text = await answer.Content.ReadAsStringAsync(Stop);
            answer.IsSuccessStatusCode.ShouldBeTrue(text);
            return JsonDocument.Parse(text).RootElement;
        }

        public async ValueTask DisposeAsync()
        {
            http.Dispose();
            await process.DisposeAsync();
        }
    }
}
