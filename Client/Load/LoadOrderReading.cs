using System.CommandLine;
using TownReform.Client.Live;
using TownReform.Client.Terminal;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Client.Load;

/// <summary>What a line of <c>load</c> asks for.</summary>
internal sealed class LoadOrderReading(LoadOptions options, Call call)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1),
        Longest = TimeSpan.FromHours(24);

    /// <summary>The load as the line asks for it.</summary>
    /// <param name="founded">Towns that take a load where the line names none; null: all that the console knows.</param>
    /// <exception cref="CommandFailedException">Options that contradict each other, or a value that can't be read.</exception>
    public LoadOrder Order(TownPlan[]? founded = null)
    {
        var closed = call.Number(options.Concurrency, 1, 10_000);
        CheckTogether();
        var spot = call.Of(options.Hot);
        TownPlan[] chosen = call.Of(options.Towns) is { } named
            ? [.. named.Split(',', StringSplitOptions.TrimEntries).Select(call.Plans.Town)]
            : founded ?? [.. call.Plans.Towns];
        var parts = LoadTermsReading.Mix(call.Plans.Seeds, call.Of(options.Mix) ?? "permit", spot == "bureau" ? [chosen[0]] : chosen);
        var time = LoadTermsReading.Time(options.Duration.Name, call.Of(options.Duration) ?? "30s", Shortest, Longest);
        var first = Rate(options.Rate) ?? 20;
        return new LoadOrder(
            Schedule: closed is null ? new ArrivalSchedule(first, Rate(options.RampTo) ?? first, time) : null,
            Concurrency: closed ?? 0,
            WarmUp: LoadTermsReading.Time(options.WarmUp.Name, call.Of(options.WarmUp) ?? "5s", TimeSpan.Zero, TimeSpan.FromMinutes(10)),
            Duration: time,
            Pace: LoadTermsReading.Time(options.Pace.Name, call.Of(options.Pace) ?? "100ms", TimeSpan.Zero, TimeSpan.FromHours(1)),
            Approvers: spot == "case" ? call.Number(options.Approvers, 2, 1000) ?? 16 : 1,
            Mix: parts
        );
    }

    /// <summary>What a rate must meet under <c>--find-knee</c>.</summary>
    /// <exception cref="CommandFailedException">A value can't be read.</exception>
    public KneeTarget Target() =>
        new(
            LoadTermsReading.Time(options.P99.Name, call.Of(options.P99) ?? "50ms", TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1)),
            LoadTermsReading.Rate(options.OnTime.Name, call.Of(options.OnTime) ?? "99", 100) / 100,
            LoadTermsReading.Time(options.Step.Name, call.Of(options.Step) ?? "5s", Shortest, TimeSpan.FromMinutes(10))
        );

    /// <summary>What an overload must leave; null when the line asks for none.</summary>
    /// <exception cref="CommandFailedException">As <see cref="Order"/>.</exception>
    public OverloadTarget? Overload() =>
        call.Of(options.Overload) is { } times
            ? new(
                LoadTermsReading.Rate(options.Overload.Name, times, 100),
                LoadTermsReading.Time(options.Step.Name, call.Of(options.Step) ?? "5s", Shortest, TimeSpan.FromMinutes(10)),
                LoadTermsReading.Rate(options.Keep.Name, call.Of(options.Keep) ?? "80", 100) / 100
            )
        : call.Of(options.Keep) is not null
            ? throw CommandFailedException.BadInput("--keep 须与 --overload 同用。", "--keep needs --overload.")
        : null;

    private double? Rate(Option<string?> option) =>
        call.Of(option) is { } text ? LoadTermsReading.Rate(option.Name, text, 1_000_000) : null;

    private void CheckTogether()
    {
        var isClosed = call.Of(options.Concurrency) is not null;
        var isOpen = (call.Of(options.Rate) ?? call.Of(options.RampTo)) is not null;
        if (isClosed && isOpen || isClosed && call.Of(options.Knee))
        {
            throw CommandFailedException.BadInput(
                "--concurrency（闭环）不能与 --rate、--ramp-to、--find-knee（开环）同用。",
                "--concurrency (closed loop) can't be used with --rate, --ramp-to or --find-knee (open loop)."
            );
        }

        if (call.Of(options.Overload) is not null && (isClosed || call.Of(options.Knee) || isOpen))
        {
            throw CommandFailedException.BadInput(
                "--overload 自定负载，不能与 --rate、--ramp-to、--concurrency、--find-knee 同用。",
                "--overload sets its own load; it can't be used with --rate, --ramp-to, --concurrency or --find-knee."
            );
        }

        var spot = call.Of(options.Hot);
        if (spot is not (null or "bureau" or "case"))
        {
            throw CommandFailedException.BadInput(
                $"--hot 只能是 bureau 或 case，不能是“{spot}”。",
                $"--hot is bureau or case, not '{spot}'."
            );
        }

        if (spot != "case" && call.Of(options.Approvers) is not null)
        {
            throw CommandFailedException.BadInput("--approvers 须与 --hot case 同用。", "--approvers needs --hot case.");
        }
    }
}
