using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using TownReform.Grains.Rules.Cases;
using TownReform.Silo.Papers.Store;
using TownReform.Tests.Fixtures;

namespace TownReform.Silo.Tests.Papers;

/// <summary>Papers in a folder and on PostgreSQL: what is taken, what isn't, and what goes when nobody uses it.</summary>
public sealed class PaperStoreTests(PrivatePostgres server) : IClassFixture<PrivatePostgres>, IAsyncLifetime
{
    private const string Account = "account-1";

    private static readonly byte[] Pdf = [.. "%PDF-1.7\n"u8, .. RandomNumberGenerator.GetBytes(700_000)];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("papers");
    private readonly MovedTime time = new();
    private readonly List<IDisposable> opened = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        opened.ForEach(one => one.Dispose());
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Take_AFile_IsKeptByItsHashAndGivenBackWhole(bool onPostgres)
    {
        var store = await NewAsync(onPostgres);
        var paper = await TakeAsync(store, Pdf, "../../营业 执照.PDF");
        paper.ShouldBe(new Paper("营业 执照.PDF", PaperKind.Pdf, Pdf.Length, Convert.ToHexStringLower(SHA256.HashData(Pdf))));
        (await BytesAsync(store, paper)).ShouldBe(Pdf);
        (await TakeAsync(store, Pdf, "again.pdf")).Sha256.ShouldBe(paper.Sha256);
        (await store.FindAsync(paper.Sha256, Account, Stop)).ShouldNotBeNull().Name.ShouldBe("again.pdf");
        (await store.FindAsync(paper.Sha256, "account-2", Stop)).ShouldBeNull("nobody else has handed it in");
        (await store.CopyToAsync(new string('0', 64), Stream.Null, Stop)).ShouldBeFalse();
        Drafts().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sweep_AfterADay_RemovesWhatNobodyUses(bool onPostgres)
    {
        var store = await NewAsync(onPostgres);
        var (unused, held, refused, again) = (
            await TakeAsync(store, [.. Pdf, 1], "a.pdf"),
            await TakeAsync(store, [.. Pdf, 2], "b.pdf"),
            await TakeAsync(store, [.. Pdf, 3], "c.pdf"),
            await TakeAsync(store, [.. Pdf, 4], "d.pdf")
        );
        await store.HoldAsync(held.Sha256, new Guid(1, 0, 0, new byte[8]), "YD00000001", Stop);
        await store.HoldAsync(refused.Sha256, new Guid(2, 0, 0, new byte[8]), null, Stop);
        Task<bool> OnRecordAsync(PaperHold hold) => Task.FromResult(hold.Sha256 == held.Sha256);

        time.Now += PaperStore.Kept - TimeSpan.FromSeconds(1);
        (await store.SweepAsync(OnRecordAsync, Stop)).ShouldBe(0, "a second too early");
        await TakeAsync(store, [.. Pdf, 4], "d.pdf");
        time.Now += TimeSpan.FromSeconds(1);
        (await store.SweepAsync(OnRecordAsync, Stop)).ShouldBe(2);
        foreach (var (paper, stays) in new[] { (unused, false), (held, true), (refused, false), (again, true) })
        {
            (await store.CopyToAsync(paper.Sha256, Stream.Null, Stop)).ShouldBe(stays, paper.Name);
        }

        time.Now += TimeSpan.FromDays(400);
        (await store.SweepAsync(_ => Task.FromResult(false), Stop)).ShouldBe(1, "what a case has stays for good");
        (await store.CopyToAsync(held.Sha256, Stream.Null, Stop)).ShouldBeTrue();
    }

    [Fact]
    public async Task Take_EachSort_GoesByFirstBytesAndEnding()
    {
        var store = await NewAsync(false);
        byte[] png = [0x89, .. "PNG\r\n"u8, 0x1A, .. "\n"u8, 1, 2, 3];
        byte[] jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 1];
        byte[] heic = [0, 0, 0, 24, .. "ftypheic"u8, 1, 2];
        foreach (
            var (content, name, kind) in new[]
            {
                (png, "a.png", PaperKind.Png),
                (jpeg, "a.JPG", PaperKind.Jpeg),
                (jpeg, "a.jpeg", PaperKind.Jpeg),
                (heic, "a.heic", PaperKind.Heic),
                (Zip("OFD.xml"), "a.ofd", PaperKind.Ofd),
            }
        )
        {
            (await TakeAsync(store, content, name)).Kind.ShouldBe(kind, name);
        }

        await RefusedAsync(store, png, "a.jpg", PaperFault.KindWrong);
        await RefusedAsync(store, jpeg, "a.pdf", PaperFault.KindWrong);
        await RefusedAsync(store, Zip("word/document.xml"), "a.ofd", PaperFault.KindWrong);
        await RefusedAsync(store, [.. "PK\u0003\u0004"u8, 1, 2], "a.ofd", PaperFault.KindWrong);
        await RefusedAsync(store, [.. "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"u8], "a.svg", PaperFault.KindUnknown);
        await RefusedAsync(store, [.. "<svg xmlns='http://www.w3.org/2000/svg'/>"u8], "a.png", PaperFault.KindWrong);
        await RefusedAsync(store, [.. "<html>%PDF-1.7"u8], "a.pdf", PaperFault.KindWrong);
        await RefusedAsync(store, [.. "MZ"u8, 0, 0], "a.pdf.exe", PaperFault.KindUnknown);
        await RefusedAsync(store, Pdf, "pdf", PaperFault.KindUnknown);
        await RefusedAsync(store, [], "a.pdf", PaperFault.Empty);
    }

    [Fact]
    public async Task Take_LargestAndOneMore_EndsAtTheLimitAndLeavesNothing()
    {
        var store = await NewAsync(false);
        var largest = new byte[PaperLists.MostOfOne];
        "%PDF-1.7"u8.CopyTo(largest);
        (await TakeAsync(store, largest, "a.pdf")).Bytes.ShouldBe(PaperLists.MostOfOne);
        await RefusedAsync(store, [.. largest, 0], "a.pdf", PaperFault.TooLarge);
        Drafts().ShouldBeEmpty();
    }

    [Fact]
    public async Task Scanner_WhateverItAnswers_OnlyCleanIsTaken()
    {
        (await TakeAsync(await NewAsync(false, "true"), Pdf, "a.pdf")).Kind.ShouldBe(PaperKind.Pdf);
        await RefusedAsync(await NewAsync(false, "false"), Pdf, "a.pdf", PaperFault.Infected);
        await RefusedAsync(await NewAsync(false, "test -d"), Pdf, "a.pdf", PaperFault.Infected);
        (await TakeAsync(await NewAsync(false, "test -f"), Pdf, "a.pdf")).Kind.ShouldBe(PaperKind.Pdf);
        await RefusedAsync(await NewAsync(false, "no-such-scanner"), Pdf, "a.pdf", PaperFault.ScannerFailed);
    }

    private string[] Drafts() => Directory.GetFiles(folder.FullName, $"{PaperDraft.NewName}*", SearchOption.AllDirectories);

    private static byte[] Zip(string entry)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntry(entry);
        }

        return bytes.ToArray();
    }

    private static async Task<Paper> TakeAsync(PaperStore store, byte[] content, string name)
    {
        using var stream = new MemoryStream(content);
        return await store.TakeAsync(stream, name, Account, Stop);
    }

    private static async Task RefusedAsync(PaperStore store, byte[] content, string name, PaperFault fault) =>
        (await Should.ThrowAsync<PaperRefusedException>(() => TakeAsync(store, content, name))).Fault.ShouldBe(fault, name);

    private static async Task<byte[]> BytesAsync(PaperStore store, Paper paper)
    {
        using var to = new MemoryStream();
        (await store.CopyToAsync(paper.Sha256, to, Stop)).ShouldBeTrue();
        return to.ToArray();
    }

    private async Task<PaperStore> NewAsync(bool onPostgres, string? scanner = null)
    {
        var scan = new PaperScanner(scanner, NullLogger<PaperScanner>.Instance);
        var place = Path.Combine(folder.FullName, $"{opened.Count}");
        if (onPostgres)
        {
            await server.StartAsync();
            var both = PaperDatabase.OnPostgres(await server.NewDatabaseAsync());
            opened.Add(both);
            return new PaperStore(both, new PaperIndex(both), scan, time);
        }

        var files = new PaperFolder(place, TimeProvider.System);
        var database = PaperDatabase.OnSqlite(place);
        opened.Add(database);
        return new PaperStore(files, new PaperIndex(database), scan, time);
    }

    private sealed class MovedTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 30, 9, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
