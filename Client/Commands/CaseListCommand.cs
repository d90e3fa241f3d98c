using System.CommandLine;
using TownReform.Client.Live;
using TownReform.Client.Reports;
using TownReform.Client.Terminal;

namespace TownReform.Client.Commands;

/// <summary><c>case list</c>: cases that match, newest first.</summary>
internal static class CaseListCommand
{
    private const int Usual = 50,
        Most = 1000;

    public static Command Build(Shell shell)
    {
        var town = shell.Town(required: false);
        var procedure = shell.Text("--procedure", "PROCEDURE", new("程序代码", "code of the procedure"));
        var standing = shell.Text(
            "--state",
            "STATE",
            new("open 在办 | decided 办结 | withdrawn 撤回 | transferred 移送", "open | decided | withdrawn | transferred")
        );
        var workplace = shell.Text("--workplace", "CODE", new("办理机构代码（须同时给 --town）", "office that has it (needs --town)"));
        var party = shell.Text("--party", "ID", new("当事人编号", "id of the party"));
        var item = shell
            .Text("--item", "ITEM", new("事项代码或人员编号", "item code or staff id that it is about"))
            .CompletedByItems(shell);
        var label = shell.Texts(
            "--label",
            "NAME=VALUE",
            new("程序声明的标签，如 owner=YD-001，可多次", "a label that the procedure declares, such as owner=YD-001; may be repeated")
        );
        var take = shell.Text("--take", "N", new("最多列出几件，1 至 1000（默认 50）", "how many at most, 1 to 1000 (default 50)"));
        return shell
            .Command("list", new("按条件列出案件，新的在前", "list cases, newest first"), "case list --town yandian --state open --take 20")
            .With(town, procedure, standing, workplace, party, item, label, take)
            .Does(
                shell,
                async call =>
                {
                    var (state, most) = (State(call.Of(standing)), call.Number(take, 1, Most) ?? Usual);
                    if (call.Of(workplace) is not null && call.Of(town) is null)
                    {
                        throw CommandFailedException.BadInput("--workplace 须与 --town 同用。", "--workplace needs --town.");
                    }

                    await using var live = await call.ConnectAsync();
                    var names = call.Of(town) is { } named ? await LiveTowns.NamedAsync(live, named) : null;
                    var lines = await live.Index.ListAsync(
                        new CaseSearch(
                            Town: names?.Town,
                            Procedure: call.Of(procedure),
                            Subject: call.Of(item)?.Trim(),
                            Disposition: state,
                            Workplace: call.Of(workplace) is { } office ? names!.WorkplaceKey(names.OfficeCode(office)) : null,
                            Party: call.Of(party),
                            Take: most,
                            Labels: [.. call.Fields(label).Select(l => new CaseLabel(l.Name, l.Value))]
                        )
                    );
                    var known = await LiveTowns.OfCasesAsync(live, names, lines);
                    call.Screen.Show([.. lines], ConsoleJson.Own.CaseLineArray, shown => Draw(call.Screen, known, shown));
                    return ExitCode.Done;
                }
            );
    }

    private static Disposition? State(string? text) =>
        text switch
        {
            null => null,
            "open" => Disposition.Open,
            "decided" => Disposition.Decided,
            "withdrawn" => Disposition.Withdrawn,
            "transferred" => Disposition.Transferred,
            _ => throw CommandFailedException.BadInput(
                $"--state 只能是 open、decided、withdrawn、transferred，不能是“{text}”。",
                $"--state is open, decided, withdrawn or transferred, not '{text}'."
            ),
        };

    private static void Draw(Screen screen, IReadOnlyDictionary<string, TownNames> towns, CaseLine[] lines)
    {
        var lang = screen.Lang;
        var listing = new Listing(
            new Words($"案件（{lines.Length}）", $"Cases ({lines.Length})"),
            new(new("编号", "Number")),
            new(new("程序", "Procedure"), Rank: 3, Cut: true),
            new(new("事项", "About"), Rank: 1),
            new(new("当事人", "Party"), Cut: true),
            new(new("环节", "Step"), Cut: true),
            new(new("计时", "Clock"), Rank: 2),
            new(new("期限", "Due"), Rank: 1),
            new(new("人员", "Officers"), Rank: 4)
        );
        foreach (var line in lines)
        {
            var names = towns.GetValueOrDefault(line.Town);
            var step = $"{Wording.Of(line.Disposition, lang)} · {names?.StepName(line.Procedure, line.Step, lang) ?? line.Step}";
            listing.Add(
                line.Late ? $"{line.Number} {new Words("补录", "late").In(lang)}" : line.Number,
                names?.ProcedureName(line.Procedure, lang) ?? line.Procedure,
                line.Subject,
                line.Party.Name,
                step,
                Wording.Of(line.Colour, lang),
                line.Due?.ToString("O") ?? Figure.Unknown,
                string.Join(", ", line.Officers)
            );
        }

        listing.Write(screen);
    }
}
