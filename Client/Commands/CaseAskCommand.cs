using System.CommandLine;
using System.Globalization;
using TownReform.Client.Live;
using TownReform.Client.Reports;
using TownReform.Client.Terminal;

namespace TownReform.Client.Commands;

/// <summary><c>case ask</c>: which acts somebody may do on a case now, and why not the others. Nothing is recorded.</summary>
internal static class CaseAskCommand
{
    public static Command Build(Shell shell)
    {
        var (number, actor) = (shell.Argument("NUMBER", new("案件编号", "number of the case")), new ActorOptions(shell, required: true));
        var stamping = new Stamping(shell);
        var command = shell
            .Command(
                "ask",
                new(
                    "问：此人现在可办哪些动作，其余为何不能办（不留记录）",
                    "which acts somebody may do now, and why not the others; nothing is recorded"
                ),
                "case ask YD00000001 --as YD-024"
            )
            .With(actor.Options)
            .With(stamping.Moment)
            .Does(
                shell,
                async call =>
                {
                    await using var live = await call.ConnectAsync();
                    var (view, names) = await KnownCase.FindAsync(live, call.Of(number));
                    var stamp = stamping.Of(call, live, names, actor.Of(call, names, view.Party.Id));
                    return call.Screen.Answer(
                        await live.Case(view.Number).AskAsync(stamp),
                        ConsoleJson.Own.AskedActs,
                        asked => Draw(call.Screen, asked)
                    );
                }
            );
        command.Arguments.Add(number);
        return command;
    }

    private static void Draw(Screen screen, AskedActs asked)
    {
        var lang = screen.Lang;
        if (asked.Step is not { } step)
        {
            screen.Say(
                new Words($"案件 {asked.Number} 已办结，没有可办的动作。", $"Case {asked.Number} has ended; there is nothing left to do.")
            );
            return;
        }

        var version = asked.Version.ToString(CultureInfo.InvariantCulture);
        screen.Say(new Words($"案件 {asked.Number}  #{version}  环节：{step.Zh}", $"case {asked.Number}  #{version}  step: {step.En}"));
        Part(screen, new("可办", "possible"), asked.Acts.Where(act => act.Refusal is null), lang);
        Part(screen, new("现在不能办", "not possible now"), asked.Acts.Where(act => act.Refusal is not null), lang);
    }

    private static void Part(Screen screen, Words title, IEnumerable<AskedAct> acts, Lang lang)
    {
        foreach (var (n, act) in acts.Index())
        {
            if (n == 0)
            {
                screen.Say("");
                screen.Say(title);
            }

            screen.Say($"  {act.Name.In(lang)} {act.Act}  → {act.To.In(lang)}");
            if (act.Refusal is { } refusal)
            {
                screen.Say(
                    $"    {refusal.Clause}  {((int)refusal.Code).ToString(CultureInfo.InvariantCulture)}  {refusal.Because.In(lang)}"
                );
            }
            else if (!act.Fields.IsEmpty)
            {
                var comma = new Words("、", ", ").In(lang);
                var optional = new Words("（可不填）", " (optional)").In(lang);
                screen.Say($"    {string.Join(comma, act.Fields.Select(f => $"{f.Label.In(lang)} {f.Name}{(f.Needed ? "" : optional)}"))}");
            }
        }
    }
}
