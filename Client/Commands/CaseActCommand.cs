using System.Collections.Immutable;
using System.CommandLine;
using TownReform.Client.Live;
using TownReform.Client.Terminal;

namespace TownReform.Client.Commands;

/// <summary><c>case act</c>: does an act on a case (办理), or shows what would become of it.</summary>
internal sealed class CaseActCommand
{
    private readonly Shell shell;
    private readonly Argument<string> number;
    private readonly Argument<string> act;
    private readonly Option<string?> version;
    private readonly Option<bool> dryRun;
    private readonly Option<string[]> field;
    private readonly ActorOptions actor;
    private readonly Stamping stamping;

    public CaseActCommand(Shell shell)
    {
        this.shell = shell;
        number = shell.Argument("NUMBER", new("案件编号", "number of the case"));
        act = shell
            .Argument(
                "ACT",
                new(
                    "办理动作，如 accept、grant（case show 列出可用的）",
                    "the act, such as accept or grant (case show lists the possible ones)"
                )
            )
            .CompletedByActs(shell, number);
        (actor, dryRun) = (new ActorOptions(shell, required: true), Outlooks.DryRun(shell));
        version = shell.Text(
            "--at-version",
            "N",
            new(
                "只在案件仍是您看到的版本（case show 中 # 后的数）时办理",
                "do it only when the case still has the version that you saw (the number behind # in case show)"
            )
        );
        field = shell
            .Texts("--field", "NAME=VALUE", new("该动作的栏目，可多次", "a field of the act; may be repeated"))
            .CompletedByFields(shell, number, act);
        stamping = new Stamping(shell);
    }

    public Command Build() =>
        shell
            .Command(
                "act",
                new("办理一个动作", "do an act on a case"),
                "case act YD00000001 recommend --as YD-024 --field recommendation=grant"
            )
            .With(field, dryRun, version)
            .With(actor.Options)
            .With(stamping.Options)
            .About(number, act)
            .Does(shell, RunAsync);

    private async Task<int> RunAsync(Call call)
    {
        var (command, fields) = (stamping.Id(call), call.Fields(field).ToImmutableArray());
        await using var live = await call.ConnectAsync();

        // Read first: a name that the procedure or the town doesn't know is a slip, and slips don't belong in the record.
        var (view, names) = await KnownCase.FindAsync(live, call.Of(number));
        var what = names.Act(view.Procedure, call.Of(act));
        var stamp = stamping.Of(call, live, names, actor.Of(call, names, view.Party.Id), command);
        var acting = new ActOnCase(stamp, what, fields, call.Number(version, 1, int.MaxValue));
        return call.Of(dryRun)
            ? await Outlooks.ShowAsync(call, names, stamp, () => live.Case(view.Number).ForeseeAsync(acting))
            : await Sending.ShowAsync(call, names, stamp, () => live.Case(view.Number).ActAsync(acting));
    }
}
