using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TownReform.Client.Live;
using TownReform.Client.Terminal;

namespace TownReform.Client.Commands;

/// <summary><c>case show</c>: a case, its clock, what happened with it and what can be done now.</summary>
internal sealed class CaseShowCommand(Shell shell)
{
    private readonly Argument<string> number = shell.Argument("NUMBER", new("案件编号", "number of the case"));
    private readonly Option<string?> asOf = shell.Text(
        "--as-of",
        "N|MOMENT",
        new("当时的状态：第 N 条记录之后，或某一时刻（ISO 8601）", "as it stood then: right after record N, or at a moment (ISO 8601)")
    );

    public Command Build() =>
        shell
            .Command(
                "show",
                new("查看案件、计时、经过（含拒绝）与可办动作", "show a case, its clock, its history with refusals, and the possible acts"),
                "case show YD00000001"
            )
            .With(asOf)
            .About(number)
            .Does(shell, RunAsync);

    private async Task<int> RunAsync(Call call)
    {
        await using var live = await call.ConnectAsync();
        var (view, names) = await KnownCase.FindAsync(live, call.Of(number));
        if (Then(call, names, asOf) is { } then)
        {
            view = (await live.Case(view.Number).ReadAtAsync(then)).OrRefused();
        }

        var history = await HistoryAsync(live, view);
        var records = (await Streams.ReadAsync(live.Audit, $"case/{view.Number}"))
            .Where(record => record.Version <= view.Version)
            .ToImmutableArray();
        var possible = view.Disposition == Disposition.Open ? names.ActsAt(view.Procedure, view.Step) : [];
        Notice[] notices = [.. Notices.Of(view.Party)];
        call.Screen.Show(
            new ShownCase(view, [.. possible.Select(a => a.Code)], records),
            ConsoleJson.Own.ShownCase,
            new Dictionary<string, JsonNode?> { ["notices"] = JsonSerializer.SerializeToNode(notices, ConsoleJson.Own.NoticeArray) },
            shown => Draw(call.Screen, names, shown, history, possible, notices)
        );
        return ExitCode.Done;
    }

    private static AsOf? Then(Call call, TownNames names, Option<string?> asOf) =>
        call.Of(asOf) is not { } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var record) ? new AsOf(record)
        : new AsOf(null, names.Moment(asOf.Name, text));

    // Page by page, as far as the case goes that is shown.
    private static async Task<List<HistoryRecord>> HistoryAsync(LiveTown live, CaseView view)
    {
        var records = new List<HistoryRecord>();
        while (
            records.Count < view.Version
            && (await live.Case(view.Number).HistoryAsync(records.Count)).Value?.Records is { IsEmpty: false } page
        )
        {
            records.AddRange(page.Where(record => record.Version <= view.Version));
        }

        return records;
    }

    private static void Draw(
        Screen screen,
        TownNames names,
        ShownCase shown,
        IEnumerable<HistoryRecord> history,
        IReadOnlyList<ListedName> possible,
        Notice[] notices
    )
    {
        new CasePage(screen, names).Write(shown.Case);
        Notices.Show(screen, notices);
        if (possible.Count > 0)
        {
            screen.Say(
                new Words(
                    $"可办动作：{string.Join("、", possible.Select(a => $"{a.Name.Zh} {a.Code}"))}",
                    $"possible acts: {string.Join(", ", possible.Select(a => a.Code))}"
                )
            );
        }

        screen.Say("");
        new CaseStory(screen, names).Write(shown.Case, history);
    }
}

/// <summary>A case with what can be done now and everything that happened.</summary>
internal sealed record ShownCase(CaseView Case, ImmutableArray<string> PossibleActs, ImmutableArray<AuditRecord> History);
