using System.CommandLine;
using System.Globalization;
using TownReform.Client.Live;
using TownReform.Client.Terminal;

namespace TownReform.Client.Commands;

/// <summary><c>case receipt</c>: a signed receipt of a record, to be kept and checked later.</summary>
internal static class CaseReceiptCommand
{
    public static Command Build(Shell shell)
    {
        var number = shell.Argument("NUMBER", new("案件编号", "number of the case"));
        var (at, file) = (
            shell.Text("--record", "VERSION", new("第几条记录（默认最后一条）", "number of the record (default: the last)")),
            shell.Text("--out", "FILE", new("把回执写入新文件", "write the receipt into a new file"))
        );
        var command = shell
            .Command(
                "receipt",
                new("取得经签名的回执，日后可不依赖本镇核对", "a signed receipt, which can be checked later without trusting the town"),
                "case receipt YD00000001 --out receipt.jws"
            )
            .With(at, file)
            .Does(
                shell,
                async call =>
                {
                    await using var live = await call.ConnectAsync();
                    var known = await KnownCase.FindAsync(live, call.Of(number));
                    return call.Screen.Answer(
                        await live.Receipts.IssueAsync(known.View.Number, call.Number(at, 1, int.MaxValue)),
                        ConsoleJson.Own.SignedReceipt,
                        receipt => Draw(call, receipt, call.Of(file))
                    );
                }
            );
        command.Arguments.Add(number);
        return command;
    }

    private static void Draw(Call call, SignedReceipt signed, string? file)
    {
        var it = signed.Receipt;
        if (file is null)
        {
            call.Screen.Say(signed.Signed);
            return;
        }

        try
        {
            using var writer = new StreamWriter(new FileStream(file, FileMode.CreateNew));
            writer.WriteLine(signed.Signed);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandFailedException.BadInput($"写不了 {file}：{e.Message}", $"{file} can't be written: {e.Message}");
        }

        var version = it.Version.ToString(CultureInfo.InvariantCulture);
        call.Screen.Say(
            new Words(
                $"案件 {it.Case} 第 {version} 条记录的回执已写入 {file}；电话核对用的二十四词：",
                $"receipt of case {it.Case}, record {version}, written to {file}; the 24 words to compare by telephone:"
            )
        );
        AuditReceiptCommand.Draw(call.Screen, signed.Words);
    }
}
