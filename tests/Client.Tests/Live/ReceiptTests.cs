using System.Text.Json;
using Microsoft.Data.Sqlite;
using TownReform.Client.Terminal;
using TownReform.Client.Tests.Terminal;
using TownReform.Grains.Receipts;

namespace TownReform.Client.Tests.Live;

/// <summary>A party keeps a receipt and the town's keys, and checks later, with and without the town.</summary>
public sealed class ReceiptTests(LiveConsole live) : IClassFixture<LiveConsole>, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("receipt");

    public void Dispose() => folder.Delete(recursive: true);

    private string Named(string name) => Path.Combine(folder.FullName, name);

    [Fact]
    public async Task Receipt_OfACase_HoldsByTheTownAndByACopy_AndTellsAnEdit()
    {
        var number = (await live.AskAsync("case open --town yandian --item YD-XK-001 --party-name 张三 --party C71"))
            .GetProperty("number")
            .GetString()!;
        var (receipt, keys) = (Named("receipt.jws"), Named("keys.json"));
        var issued = await live.TypeAsync($"case receipt {number} --out {receipt}");
        issued.Code.ShouldBe(ExitCode.Done, issued.Complained);
        await File.WriteAllTextAsync(keys, (await live.TypeAsync("audit keys")).Said, TestContext.Current.CancellationToken);
        (await live.TypeAsync($"case receipt {number} --record 99")).Complained.ShouldContain("1014");
        (await live.TypeAsync($"case receipt YD99999999")).Complained.ShouldContain("1001");

        (await live.TypeAsync($"case act {number} withdraw --as C71")).Code.ShouldBe(ExitCode.Done);
        var held = await live.AskAsync($"audit receipt {receipt} --keys {keys}");
        held.GetProperty("holds").GetBoolean().ShouldBeTrue();
        held.GetProperty("recordsSince").GetInt64().ShouldBe(1);
        held.GetProperty("commitsSince").GetInt64().ShouldBeGreaterThan(0);
        (await live.TypeAsync($"audit receipt {receipt}")).Complained.ShouldContain("town's own word");

        var words = (await live.TypeAsync($"audit words {number} 1")).Said;
        issued.Said.ReplaceLineEndings("\n").ShouldContain(words.ReplaceLineEndings("\n").TrimEnd());
        ReceiptWords.Read(words).ShouldNotBeNull();

        var copy = await live.CopyOfJournalAsync();
        (await Typed.LineAsync($"audit receipt {receipt} --keys {keys} --file {copy}")).Code.ShouldBe(ExitCode.Done);
        (await Typed.LineAsync($"audit receipt {receipt} --file {copy} --lang en")).Complained.ShouldContain("--keys");
        Edit(copy, number);
        var told = await Typed.LineAsync($"audit receipt {receipt} --keys {keys} --file {copy} --json");
        told.Code.ShouldBe(ExitCode.Refused);
        using var verdict = JsonDocument.Parse(told.Said);
        verdict
            .RootElement.GetProperty("faults")
            .EnumerateArray()
            .Select(fault => fault.GetProperty("fault").GetString())
            .ShouldBe(["RecordChanged", "ChainBroken"]);
    }

    [Fact]
    public async Task Receipt_WhatIsNone_IsToldWithWhatToDo()
    {
        var nothing = Named("nothing.jws");
        await File.WriteAllTextAsync(nothing, "hello", TestContext.Current.CancellationToken);
        (await live.TypeAsync($"audit receipt {nothing}")).Complained.ShouldContain("no receipt");
        (await live.TypeAsync($"audit receipt {Named("absent")}")).Code.ShouldBe(ExitCode.BadInput);
        (await live.TypeAsync($"audit receipt {nothing} --keys {nothing}")).Complained.ShouldContain("no usable public keys");
    }

    private static void Edit(string path, string number)
    {
        using var file = new SqliteConnection($"Data Source={path};Pooling=False");
        file.Open();
        using var command = file.CreateCommand();
        command.CommandText =
            "UPDATE journal SET payload = replace(CAST(payload AS TEXT), '张三', '李四') WHERE stream = 'case/' || $1 AND version = 1";
        command.Parameters.AddWithValue("$1", number);
        command.ExecuteNonQuery().ShouldBe(1);
    }
}
