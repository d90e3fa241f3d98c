using System.CommandLine;
using TownReform.Client.Live;
using TownReform.Client.Reports;
using TownReform.Client.Terminal;

namespace TownReform.Client.Commands;

/// <summary><c>case form</c>: what is filled in to open a case of a procedure and for its acts, as the live town has it.</summary>
internal static class CaseFormCommand
{
    public static Command Build(Shell shell)
    {
        var (procedure, act) = (
            shell.Argument("PROCEDURE", new("程序代码，如 permit、enquiry", "code of the procedure, such as permit or enquiry")),
            shell.Text("--act", "ACT", new("只列此动作（收件为 open）", "this act only (open for opening)"))
        );
        var command = shell
            .Command(
                "form",
                new("列出程序收件和各动作要填的栏目", "what to fill in to open a case of a procedure and for its acts"),
                "case form permit"
            )
            .With(act)
            .Does(
                shell,
                async call =>
                {
                    await using var live = await call.ConnectAsync();
                    var answered = (await live.Directory("-").FormsAsync(call.Of(procedure))).OrRefused();
                    var wanted = call.Of(act);
                    var shown = answered.Forms.Where(f => wanted is null || f.Act == wanted).ToArray();
                    if (shown.Length == 0)
                    {
                        throw Nearest.Unknown(
                            new(
                                $"程序“{call.Of(procedure)}”没有办理动作“{wanted}”",
                                $"Procedure '{call.Of(procedure)}' has no act '{wanted}'"
                            ),
                            answered.Forms.Select(f => f.Act).Distinct(),
                            wanted!
                        );
                    }

                    call.Screen.Show(shown, ConsoleJson.Own.ListedFormArray, Draw(call.Screen));
                    return ExitCode.Done;
                }
            );
        command.Arguments.Add(procedure);
        return command;
    }

    private static Action<ListedForm[]> Draw(Screen screen) =>
        forms =>
        {
            var lang = screen.Lang;
            var listing = new Listing(
                new("栏目", "Fields"),
                new(new("动作", "Act")),
                new(new("环节", "Step"), Rank: 3, Cut: true),
                new(new("办理人", "Who"), Rank: 4, Cut: true),
                new(new("栏目", "Field")),
                new(new("必填", "Needed"), Rank: 1),
                new(new("填写", "Takes"), Rank: 2, Cut: true)
            );
            foreach (var form in forms)
            {
                var (act, step, who) = ($"{form.Name.In(lang)} {form.Act}", form.Step?.In(lang) ?? "", form.Who.In(lang));
                if (form.Fields.IsEmpty)
                {
                    listing.Add(act, step, who, Figure.Unknown, "", "");
                }

                foreach (var field in form.Fields)
                {
                    listing.Add(
                        act,
                        step,
                        who,
                        $"{field.Label.In(lang)} {field.Name}",
                        field.Needed ? new Words("是", "yes").In(lang) : "",
                        field.Expected.In(lang)
                    );
                }
            }

            listing.Write(screen);
        };
}
