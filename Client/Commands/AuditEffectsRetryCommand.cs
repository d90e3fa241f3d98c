using System.CommandLine;
using System.Globalization;
using System.Text.Json.Serialization;
using TownReform.Client.Live;
using TownReform.Client.Terminal;

namespace TownReform.Client.Commands;

/// <summary><c>audit effects retry</c>: has what was put aside delivered again, one effect or all of a town.</summary>
internal sealed class AuditEffectsRetryCommand(Shell shell)
{
    private readonly Argument<string> id = shell.Argument(
        "ID",
        new("被搁置的后续动作的编号，或 all（该镇全部）", "number of the effect, or all (of the town)")
    );
    private readonly Option<string?> town = shell.Town();
    private readonly Option<string?> actor = shell.Actor(
        new(
            "办理人编号：镇领导或镇内机构负责人；本次办理记入该镇记录",
            "who asks: a leader of the town or a head of one of its organs; it goes on the town's record"
        ),
        required: true
    );
    private readonly Stamping stamping = new(shell);

    public Command Build() =>
        shell
            .Command(
                "retry",
                new("再次投递；被接收即不再搁置，否则退出码 3", "deliver again; it leaves the list when it is taken, else exit 3"),
                "audit effects retry 3 --town yandian --as YD-001"
            )
            .With(town, actor)
            .With(stamping.Options)
            .About(id)
            .Does(shell, RunAsync);

    private async Task<int> RunAsync(Call call)
    {
        var all = call.Of(id) is "all";
        if (all)
        {
            stamping.OneIdEach(call);
        }

        var one = all ? 0 : Number(call.Of(id));
        await using var live = await call.ConnectAsync();
        var names = await LiveTowns.NamedAsync(live, call.Required(town));
        var who = names.Actor(call.Required(actor), null, null, null);
        long[] ids = all
            ?
            [
                .. (await AuditEffectsCommand.ReadAsync(live))
                    .Where(letter => letter.Towns.IsEmpty || letter.Towns.Contains(names.Town))
                    .Select(letter => letter.Id),
            ]
            : [one];
        var retried = new List<RetriedEffect>();
        foreach (var number in ids)
        {
            var asked = new RetryEffect(stamping.Of(call, live, names, who, all ? CommandIds.New() : null), names.Town, number);
            var answer = await Sending.AskAsync(asked.Stamp, () => live.Effects.RetryAsync(asked));
            retried.Add(new(number, answer.Value, answer.Refusal));
            if (answer.Refusal is { Code: not (RefusalCode.EffectRefusedAgain or RefusalCode.NotSetAside) })
            {
                // Whoever may not have one delivered again may not the others.
                break;
            }
        }

        call.Screen.Show([.. retried], ConsoleJson.Own.RetriedEffectArray, shown => Draw(call.Screen, shown));
        return retried.Exists(effect => effect.Refused is not null) ? ExitCode.Refused : ExitCode.Done;
    }

    private static void Draw(Screen screen, RetriedEffect[] retried)
    {
        foreach (var effect in retried)
        {
            if (effect.Refused is { } refusal)
            {
                screen.Refuse(refusal);
            }
            else
            {
                screen.Say(
                    new Words(
                        $"后续动作 {effect.Id} 已由 {effect.Taken!.TargetType} {effect.Taken.TargetKey} 接收。",
                        $"effect {effect.Id} was taken by {effect.Taken.TargetType} {effect.Taken.TargetKey}."
                    )
                );
            }
        }

        if (retried.Length == 0)
        {
            screen.Say(new Words("没有被搁置的后续动作。", "no effect was put aside."));
        }
    }

    private static long Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw CommandFailedException.BadInput($"ID 须为编号或 all，不能是“{text}”。", $"ID is a number or all, not '{text}'.");
}

/// <summary>What became of an effect that was delivered again: one of the two is there.</summary>
internal sealed record RetriedEffect(
    long Id,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SentAgain? Taken,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Refusal? Refused
);
