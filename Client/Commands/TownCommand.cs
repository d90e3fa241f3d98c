using System.CommandLine;
using System.Text.RegularExpressions;
using TownReform.Client.Live;
using TownReform.Client.Terminal;
using TownReform.Grains.Seeds;

namespace TownReform.Client.Commands;

/// <summary><c>town new</c>: the files of a further town, made from those of one that there is.</summary>
internal static partial class TownCommand
{
    public static Command Build(Shell shell)
    {
        var command = shell.Command(
            "town",
            new("镇的种子数据", "a town's files in the seeds"),
            "town new zhanglu --like guyun --prefix ZL --name 张鲁镇"
        );
        command.Subcommands.Add(New(shell));
        return command;
    }

    private static Command New(Shell shell)
    {
        var code = shell.Argument("CODE", new("新镇的代码，如 zhanglu", "code of the new town, such as zhanglu"));
        var like = shell.Text("--like", "TOWN", new("照哪个镇（须在种子中）", "the town that it is made from"), required: true);
        var prefix = shell.Text(
            "--prefix",
            "LETTERS",
            new("编号字头，2 至 4 个大写字母", "letters of its numbers, two to four capitals"),
            required: true
        );
        var name = shell.Text("--name", "NAME", new("中文名称", "its name in Chinese"), required: true);
        var nameEn = shell.Text("--name-en", "NAME", new("英文名称（默认由代码而来）", "its name in English (default made from the code)"));
        var command = shell
            .Command(
                "new",
                new(
                    "照一个镇写出新镇的方案、目录和案件量文件，放入种子数据的文件夹；能通过 catalogue check",
                    "write the plan, catalogues and demand of a new town into the seeds folder; they pass catalogue check"
                ),
                "town new zhanglu --like guyun --prefix ZL --name 张鲁镇"
            )
            .With(like, prefix, name, nameEn)
            .Does(
                shell,
                call =>
                {
                    var (town, letters) = (call.Of(code), call.Required(prefix));
                    Check(call.Plans, town, letters);
                    var words = new Words(call.Required(name), call.Of(nameEn) ?? $"{char.ToUpperInvariant(town[0])}{town[1..]} Town");
                    Write(call, NewTown.FilesOf(path => Read(call, path), call.Town(like), town, letters, words));
                    return Task.FromResult(ExitCode.Done);
                }
            );
        command.Arguments.Add(code);
        return command;
    }

    private static void Check(Plans plans, string town, string letters)
    {
        if (!Code().IsMatch(town))
        {
            throw CommandFailedException.BadInput(
                $"CODE 须为小写字母和数字，以“-”相连，如 zhanglu，不能是“{town}”。",
                $"CODE is lower-case words joined by '-', such as zhanglu, not '{town}'."
            );
        }

        if (plans.Seeds.Towns.ContainsKey(town))
        {
            throw CommandFailedException.BadInput($"已有镇“{town}”。", $"There is a town '{town}' already.");
        }

        if (!Letters().IsMatch(letters))
        {
            throw CommandFailedException.BadInput(
                $"--prefix 须为 2 至 4 个大写字母，不能是“{letters}”。",
                $"--prefix is two to four capital letters, not '{letters}'."
            );
        }

        if (plans.Seeds.Towns.Values.FirstOrDefault(t => t.Prefix == letters) is { } other)
        {
            throw CommandFailedException.BadInput(
                $"--prefix：“{letters}”已由 {other.Code} 使用。",
                $"--prefix: {other.Code} has the letters '{letters}' already."
            );
        }
    }

    private static string? Read(Call call, string path)
    {
        var file = Path.Combine(call.Plans.Seeds.Folder, path);
        return File.Exists(file) ? File.ReadAllText(file) : null;
    }

    // All of them or none: a folder with half a town doesn't load.
    private static void Write(Call call, IReadOnlyDictionary<string, string> files)
    {
        var folder = call.Plans.Seeds.Folder;
        if (files.Keys.FirstOrDefault(path => File.Exists(Path.Combine(folder, path))) is { } there)
        {
            throw CommandFailedException.BadInput($"{there} 已存在。", $"{there} is there already.");
        }

        try
        {
            foreach (var (path, text) in files)
            {
                File.WriteAllText(Path.Combine(folder, path), text);
            }

            SeedLoader.Load(folder);
        }
        catch
        {
            foreach (var path in files.Keys)
            {
                File.Delete(Path.Combine(folder, path));
            }

            throw;
        }

        foreach (var path in files.Keys)
        {
            call.Screen.Say(Path.Combine(folder, path));
        }
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9]*(-[a-z0-9]+)*\z")]
    private static partial Regex Code();

    [GeneratedRegex(@"\A[A-Z]{2,4}\z")]
    private static partial Regex Letters();
}
