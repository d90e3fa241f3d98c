using System.Text;

namespace TownReform.Silo.Hosting;

/// <summary>The help of the silo's command line, made from the options as they are declared (<see cref="SiloLine"/>).</summary>
internal static class SiloUsage
{
    private const int Gap = 2;

    private const string Start = "dotnet run -c Release --project Silo --";

    private const string OnPostgres = "--storage postgres --connection \"Host=127.0.0.1;Username=town;Database=town\"";

    public static Words Text { get; } = new(In(words => words.Zh), In(words => words.En));

    private static string In(Func<Words, string> of)
    {
        string[] left = [.. SiloLine.Options.Select(option => $"  {option.Name} {(option.Value is { } value ? of(value) : "")}".TrimEnd())];
        var column = left.Max(Width) + Gap;
        var text = new StringBuilder()
            .AppendLine(
                of(
                    new(
                        "启动正式运行的镇：默认数据存于一个文件夹（SQLite），只在本机监听；也可由任意多个节点共用一个 PostgreSQL。",
                        "Runs the live town: by default its data in one folder (SQLite), listening on this machine only; or any number of "
                            + "silos on one PostgreSQL."
                    )
                )
            )
            .AppendLine(of(new($"用法：{Start} [选项]", $"Usage: {Start} [options]")));
        for (var i = 0; i < left.Length; i++)
        {
            text.Append(left[i]).Append(' ', column - Width(left[i])).AppendLine(of(SiloLine.Options[i].About));
        }

        var example = of(new("例：", "Example: "));
        return text.AppendLine($"{example}{Start} --data ./data --gateway-port 30000")
            .AppendLine($"{example}{Start} {OnPostgres}")
            .Append(
                of(
                    new(
                        "退出码：0 正常停止；1 意外故障（含被其他节点判定失效）；2 选项或种子数据有误；3 数据系按其他方案建立；4 文件夹或端口被占用",
                        "Exit codes: 0 stopped in order; 1 unexpected fault (also: declared dead by the others); 2 bad options or seeds; "
                            + "3 the data were founded otherwise; 4 folder or port in use"
                    )
                )
            )
            .ToString();
    }

    // A Chinese character takes two columns of a terminal.
    private static int Width(string text) => text.Sum(letter => letter >= '\u2E80' ? 2 : 1);
}
