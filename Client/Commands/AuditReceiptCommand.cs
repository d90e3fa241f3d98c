using System.CommandLine;
using System.Globalization;
using TownReform.Client.Live;
using TownReform.Client.Terminal;
using TownReform.Grains.Audit;
using TownReform.Grains.Receipts;

namespace TownReform.Client.Commands;

/// <summary><c>audit receipt | keys | words</c>: checks a signed receipt against the whole record without trusting who keeps it.</summary>
internal static class AuditReceiptCommand
{
    private const string Stdin = "-";

    public static Command Build(Shell shell)
    {
        var file = shell.Argument("FILE", new("回执所在的文件；“-”为标准输入", "file with the receipt; - for standard input"));
        var source = new AuditSource(shell);
        var keys = KeysOption(shell);
        var command = shell
            .Command(
                "receipt",
                new(
                    "核对回执：签名、该条记录、其后的散列链；相符退出码 0，不符 3",
                    "check a receipt: signature, its record, the chains since; exit 0 when it holds, 3 when not"
                ),
                "audit receipt receipt.jws --keys keys.json --file data/town.sqlite"
            )
            .With([.. source.Options, keys])
            .Does(
                shell,
                async call =>
                {
                    var signed = await TextAsync(call, call.Of(file));
                    var verdict = source.Of(call) is { } stored
                        ? await OfStoredAsync(call, stored, signed, await KeysAsync(call, keys, () => throw NoKeys()))
                        : await OfTownAsync(call, signed, keys);
                    call.Screen.Show(verdict, ConsoleJson.Own.ReceiptVerdict, shown => Draw(call.Screen, shown));
                    return verdict.Holds ? ExitCode.Done : ExitCode.Refused;
                }
            );
        command.Arguments.Add(file);
        return command;
    }

    public static Command BuildKeys(Shell shell) =>
        shell
            .Command(
                "keys",
                new("公布的公钥（JWKS）；请另存，供日后核对回执", "public keys (JWKS); keep them elsewhere to check receipts later"),
                "audit keys > keys.json"
            )
            .Does(
                shell,
                async call =>
                {
                    await using var live = await call.ConnectAsync();
                    call.Screen.Say(await live.Receipts.KeysAsync());
                    return ExitCode.Done;
                }
            );

    public static Command BuildWords(Shell shell)
    {
        var (number, version) = (
            shell.Argument("NUMBER", new("案件编号", "number of the case")),
            shell.Argument("VERSION", new("第几条记录", "number of the record"))
        );
        var source = new AuditSource(shell);
        var command = shell
            .Command(
                "words",
                new("一条记录的二十四词，供电话核对回执", "the 24 words of a record, to compare with a receipt by telephone"),
                "audit words YD00000001 1"
            )
            .With(source.Options)
            .Does(
                shell,
                async call =>
                {
                    var (name, wanted) = (Streams.Named(call.Of(number)), call.Of(version));
                    var records = source.Of(call) is { } stored
                        ? await stored.ReadAsync(name, call.Cancellation)
                        : await OfTownAsync(call, name);
                    var found =
                        records.FirstOrDefault(record => $"{record.Version}" == wanted)
                        ?? throw CommandFailedException.BadInput($"“{name}”没有第 {wanted} 条记录。", $"'{name}' has no record {wanted}.");
                    var words = ReceiptWords.Of(name["case/".Length..], found.Version, found.Hash);
                    call.Screen.Show([.. words], ConsoleJson.Own.StringArray, shown => Draw(call.Screen, shown));
                    return ExitCode.Done;
                }
            );
        command.Arguments.Add(number);
        command.Arguments.Add(version);
        return command;
    }

    /// <summary>Six to a line, as they are printed.</summary>
    public static void Draw(Screen screen, IEnumerable<string> words)
    {
        foreach (var line in words.Chunk(6))
        {
            screen.Say(string.Join(' ', line));
        }
    }

    public static Option<string?> KeysOption(Shell shell) =>
        shell.Text(
            "--keys",
            "FILE",
            new(
                "另存的公钥（audit keys 所得）；不给则问运行中的镇，即以其自述为准",
                "public keys that were kept elsewhere (from audit keys); without them the live town is asked, and taken at its word"
            )
        );

    /// <summary>The keys that were given, else those that somebody else names.</summary>
    public static async Task<PublicKeys> KeysAsync(Call call, Option<string?> option, Func<Task<string>> asked)
    {
        if (call.Of(option) is { } path)
        {
            return PublicKeys.Read(await TextAsync(call, path))
                ?? throw CommandFailedException.BadInput(
                    $"{path} 中没有可用的公钥；它应是 audit keys 或 /.well-known/townreform-keys 的内容。",
                    $"{path} has no usable public keys; it is what audit keys or /.well-known/townreform-keys says."
                );
        }

        var told = await asked();
        call.Screen.Complain(
            new(
                "公钥取自该镇本身；要不依赖其自述，请用另存的公钥：--keys。",
                "The keys are the town's own word; to depend on nobody give those that you kept: --keys."
            )
        );
        return PublicKeys.Read(told)!;
    }

    public static CommandFailedException NoKeys() =>
        CommandFailedException.BadInput(
            "核对文件或数据库须给出 --keys（audit keys 所得的公钥）。",
            "A file or database is checked with --keys (the public keys that audit keys has shown)."
        );

    private static Task<ReceiptVerdict> OfStoredAsync(Call call, IStoredRecord stored, string signed, PublicKeys keys) =>
        stored.ScanAsync(scan => ReceiptCheck.OverAsync(signed, keys, scan.ScanAsync(call.Cancellation)));

    private static async Task<ReceiptVerdict> OfTownAsync(Call call, string signed, Option<string?> keys)
    {
        await using var live = await call.ConnectAsync();
        var kept = await KeysAsync(call, keys, live.Receipts.KeysAsync);
        return await ReceiptCheck.OverAsync(signed, kept, new LiveScan(live.Audit).ScanAsync(call.Cancellation));
    }

    private static async Task<AuditRecord[]> OfTownAsync(Call call, string stream)
    {
        await using var live = await call.ConnectAsync();
        return [.. await Streams.ReadAsync(live.Audit, stream)];
    }

    private static async Task<string> TextAsync(Call call, string path)
    {
        try
        {
            return path == Stdin
                ? await Console.In.ReadToEndAsync(call.Cancellation)
                : await File.ReadAllTextAsync(path, call.Cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandFailedException.BadInput($"读不了 {path}：{e.Message}", $"{path} can't be read: {e.Message}");
        }
    }

    private static void Draw(Screen screen, ReceiptVerdict verdict)
    {
        if (verdict.Receipt is { } it)
        {
            var at = it.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            screen.Say(
                new Words(
                    $"回执：案件 {it.Case} 第 {it.Version} 条记录，签于 {at}{(it.Practice ? "【培训环境】" : "")}",
                    $"receipt of case {it.Case}, record {it.Version}, signed {at}{(it.Practice ? " [PRACTICE]" : "")}"
                )
            );
        }

        if (verdict.RecordsSince is { } records)
        {
            screen.Say(
                new Words(
                    $"此后该案又有 {records} 条记录，全镇又有 {verdict.CommitsSince ?? 0} 次提交",
                    $"since then {records} more records of the case, {verdict.CommitsSince ?? 0} more commits"
                )
            );
        }

        if (verdict.Holds)
        {
            screen.Say(new Words("相符：签名有效，记录仍在且未改动。", "It holds: signed by the town, the record is there, unchanged."));
        }

        foreach (var fault in verdict.Faults)
        {
            screen.Complain(new($"不符：{fault.Because.Zh}", $"DOES NOT HOLD: {fault.Because.En}"));
        }
    }
}
