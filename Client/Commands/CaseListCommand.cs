using System.CommandLine;
using TownReform.Client.Live;
using TownReform.Client.Reports;
using TownReform.Client.Terminal;

namespace TownReform.Client.Commands;

/// <summary><c>case list</c>: cases that match, newest first.</summary>
internal static class CaseListCommand
{
    private const int Usual = 50, Most = 1000;

    public static Command Build(Shell shell)
    {
        var town = shell.Town(required: false);
        var procedure = shell.Text("--procedure", "PROCEDURE", new("程序代码", "code of the procedure"));
        var state = shell.Text("--state", "STATE", new("open 在办 | decided 办结 | withdrawn 撤回 | transferred 移送", "open | decided | withdrawn | transferred"));
        var workplace = shell.Text("--workplace", "CODE", new("办理机构代码（须同时给 --town）", "office that has it (needs --town)"));
        var party = shell.Text("--party", "ID", new("当事人编号", "id of the party"));
        var item = shell.Text("--item", "ITEM", new("事项代码或人员编号", "item code or staff id that it is about"));
        var take = shell.Text("--take", "N", new("最多列出几件，1 至 1000（默认 50）", "how many at most, 1 to 1000 (default 50)"));
        return shell.Command("list", new("按条件列出案件，新的在前", "list cases, newest first"), "case list --town yandian --state open --take 20")
            .With(town, procedure, state, workplace, party, item, take)
            .Does(shell, async call =>
            {
                var plan = call.Of(town) is null ? null : call.Town(town);
                var search = new CaseSearch(
                    plan?.Code,
                    call.Of(procedure) is { } code ? call.Plans.Procedure(code).Code : null,
                    call.Of(item),
                    State(call.Of(state)),
                    call.Of(workplace) is not { } office ? null : plan is not null ? Plans.Workplace(plan, office) : throw Halt.BadInput("--workplace 须与 --town 同用。", "--workplace needs --town."),
                    call.Of(party),
                    call.Number(take, 1, Most) ?? Usual);
                await using var live = await call.ConnectAsync();
                call.Screen.Show([.. await live.Index.ListAsync(search)], ConsoleJson.Own.CaseLineArray, lines => Draw(call, lines));
                return ExitCode.Done;
            });
    }

    private static Disposition? State(string? text) => text switch
    {
        null => null,
        "open" => Disposition.Open,
        "decided" => Disposition.Decided,
        "withdrawn" => Disposition.Withdrawn,
        "transferred" => Disposition.Transferred,
        _ => throw Halt.BadInput($"--state 只能是 open、decided、withdrawn、transferred，不能是“{text}”。", $"--state is open, decided, withdrawn or transferred, not '{text}'."),
    };

    private static void Draw(Call call, CaseLine[] lines)
    {
        var (lang, plans) = (call.Screen.Lang, call.Plans);
        var table = Columns.Titled(new Words($"案件（{lines.Length}）", $"Cases ({lines.Length})").In(lang))
            .Text(new("编号", "Number"), lang).Text(new("程序", "Procedure"), lang).Text(new("事项", "About"), lang).Text(new("当事人", "Party"), lang)
            .Text(new("环节", "Step"), lang).Text(new("时限", "Clock"), lang).Text(new("期限", "Due"), lang).Text(new("人员", "Officers"), lang);
        foreach (var line in lines)
        {
            var step = $"{Wording.Of(line.Disposition, lang)} · {plans.StepName(line.Procedure, line.Step, lang)}";
            table.Row(line.Number, line.Procedure, line.Subject, line.Party.Name, step, Wording.Of(line.Colour, lang), line.Due?.ToString("O") ?? Figure.Unknown, string.Join(", ", line.Officers));
        }

        call.Screen.Console.Write(table);
    }
}
