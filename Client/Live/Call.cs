using System.CommandLine;
using System.Globalization;
using TownReform.Client.Reports;
using TownReform.Client.Terminal;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Seeds;
using TownReform.Grains.Seeds.Reading;
using TownReform.Silo.Doors;
using TownReform.Silo.Hosting;

namespace TownReform.Client.Live;

/// <summary>One command under way: its options, its screen, the seeds and the live town when it asks for them.</summary>
internal sealed class Call
{
    private readonly Shell shell;
    private readonly ParseResult parse;
    private Plans? plans;

    public Call(Shell shell, ParseResult parse, CancellationToken cancellation)
    {
        (this.shell, this.parse, Cancellation) = (shell, parse, cancellation);
        var to = parse.InvocationConfiguration;
        Screen = new Screen(
            to.Output,
            to.Error,
            shell.Lang,
            parse.GetValue(shell.Json),
            parse.GetValue(shell.Wide),
            parse.GetValue(shell.Plain)
        );
        if (parse.GetValue(shell.Language) is { } language && !WordsIn.TryParse(language, out _))
        {
            throw CommandFailedException.BadInput(
                $"--lang 只能是 zh 或 en，不能是“{language}”。",
                $"--lang is zh or en, not '{language}'."
            );
        }
    }

    public Screen Screen { get; }

    /// <summary>What was typed, as one line.</summary>
    public string CommandLine =>
        string.Join(' ', parse.Tokens.Select(t => t.Value.Contains(' ', StringComparison.Ordinal) ? $"\"{t.Value}\"" : t.Value));

    public CancellationToken Cancellation { get; }

    /// <summary>Plans, catalogues and procedures; loaded and checked when first asked for.</summary>
    public Plans Plans => plans ??= new Plans(SeedLoader.Load(SeedsPath()));

    /// <summary>The seeds beside the console, where there are sound ones; a live town doesn't depend on them.</summary>
    public Plans? PlansBeside
    {
        get
        {
            try
            {
                return SeedsFolder.Find(Of(shell.Seeds)).Folder is null ? null : Plans;
            }
            catch (SeedException)
            {
                return null;
            }
        }
    }

    /// <summary>Meets the live town; whatever is shown from here on says so when it is a practice town.</summary>
    public async Task<LiveTown> ConnectAsync()
    {
        var live = await MeetAsync();
        if (live.Time.Practice)
        {
            Screen.Practice(live.Now);
        }

        if (plans is not null && await SeedsBeside.DifferingAsync(live, plans.Seeds) is { IsEmpty: false } differing)
        {
            Screen.Complain(SeedsBeside.Told(differing));
        }

        return live;
    }

    /// <summary>Meets the live town without a word on the screen.</summary>
    public Task<LiveTown> MeetAsync() => LiveTown.ConnectAsync(Gateway.ParseAll(Of(shell.Gateway)), Tls(), Cancellation);

    private TlsFiles? Tls()
    {
        var (certificate, key, authority) = (Of(shell.TlsCertificate), Of(shell.TlsKey), Of(shell.TlsAuthority));
        if (certificate is null && key is null && authority is null)
        {
            return null;
        }

        if (certificate is null || authority is null)
        {
            throw CommandFailedException.BadInput(
                "TLS 须同时给出 --tls-certificate 与 --tls-ca（PEM 证书还须 --tls-key）。",
                "TLS needs both --tls-certificate and --tls-ca (and --tls-key for a PEM certificate)."
            );
        }

        var (files, fault) = TlsFiles.Read(certificate, key, authority, Environment.GetEnvironmentVariable(TlsFiles.PasswordVariable));
        return files ?? throw new CommandFailedException(ExitCode.BadInput, fault!);
    }

    public string? Of(Option<string?> option) => parse.GetValue(option) is { Length: > 0 } text ? text : null;

    public bool Of(Option<bool> option) => parse.GetValue(option);

    public string Of(Argument<string> argument) => parse.GetValue(argument)!;

    public string[] Of(Option<string[]> option) => parse.GetValue(option) ?? [];

    /// <summary>An option that the parser has made sure of.</summary>
    public string Required(Option<string?> option) =>
        Of(option) ?? throw CommandFailedException.BadInput($"选项 {option.Name} 不能为空。", $"Option {option.Name} must not be empty.");

    /// <summary>The plan of the town that an option names.</summary>
    public TownPlan Town(Option<string?> option) => Plans.Town(Required(option));

    public DateOnly? Day(Option<string?> option) =>
        Of(option) is not { } text ? null
        : DateOnly.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw CommandFailedException.BadInput(
            $"选项 {option.Name} 须为日期 年-月-日（如 2026-03-02），不能是“{text}”。",
            $"Option {option.Name} is a day YYYY-MM-DD (such as 2026-03-02), not '{text}'."
        );

    /// <summary>A day that must be there.</summary>
    public DateOnly RequiredDay(Option<string?> option)
    {
        Required(option);
        return Day(option)!.Value;
    }

    public int? Number(Option<string?> option, int least, int most) =>
        Of(option) is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw CommandFailedException.BadInput(
            $"选项 {option.Name} 须为 {least} 至 {most} 的整数，不能是“{text}”。",
            $"Option {option.Name} is a whole number from {least} to {most}, not '{text}'."
        );

    /// <summary>The command's id: the one given, else a new one.</summary>
    public Guid CommandId(Option<string?> option) =>
        Of(option) is not { } text ? CommandIds.New()
        : Guid.TryParse(text, out var id) ? id
        : throw CommandFailedException.BadInput($"{option.Name} 须为 GUID，不能是“{text}”。", $"{option.Name} is a GUID, not '{text}'.");

    /// <summary>A moment of a town; refused outside the working-day calendar, which knows no limits there.</summary>
    public DateTimeOffset InCalendar(DateTimeOffset at, TownPlan plan)
    {
        var (day, calendar) = (plan.DayOf(at), Plans.Seeds.Calendar);
        return day >= calendar.FirstDay && day <= calendar.LastDay
            ? at
            : throw CommandFailedException.BadInput(
                $"{day:O} 不在工作日历 {calendar.FirstDay:O} 至 {calendar.LastDay:O} 之内；请在 seeds/calendar 补充该年。",
                $"{day:O} is outside the working-day calendar, {calendar.FirstDay:O} to {calendar.LastDay:O}; add the year to "
                    + "seeds/calendar."
            );
    }

    /// <summary>The moment given, in a live town's zone, else that town's now; refused outside its calendar.</summary>
    public DateTimeOffset Moment(Option<string?> option, TownNames town, DateTimeOffset now)
    {
        var at = Of(option) is { } text ? town.Moment(option.Name, text) : now;
        var (day, from, until) = (town.DayOf(at), town.Directory.CalendarFrom, town.Directory.CalendarUntil);
        return day >= from && day <= until
            ? at
            : throw CommandFailedException.BadInput(
                $"{day:O} 不在工作日历 {from:O} 至 {until:O} 之内；请在 seeds/calendar 补充该年后重启节点。",
                $"{day:O} is outside the working-day calendar, {from:O} to {until:O}; add the year to seeds/calendar and start "
                    + "the silo again."
            );
    }

    /// <summary>Fields given as <c>name=value</c>.</summary>
    public IEnumerable<Field> Fields(Option<string[]> option)
    {
        foreach (var text in Of(option))
        {
            yield return text.Split('=', 2) is [{ Length: > 0 } name, var value]
                ? new Field(name, value)
                : throw CommandFailedException.BadInput(
                    $"{option.Name} 须为 名称=值，不能是“{text}”。",
                    $"{option.Name} is name=value, not '{text}'."
                );
        }
    }

    private string SeedsPath()
    {
        var (folder, missing) = SeedsFolder.Find(Of(shell.Seeds));
        return folder ?? throw new CommandFailedException(ExitCode.BadInput, missing!);
    }
}
