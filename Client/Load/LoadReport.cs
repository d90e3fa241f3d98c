using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TownReform.Grains.Audit.EndState;

namespace TownReform.Client.Load;

/// <summary>All that a load has shown, as <c>load.json</c> has it.</summary>
/// <param name="At">When it began, UTC.</param>
/// <param name="Figures">Of the whole load; of the last step of a search.</param>
/// <param name="Steps">Rates that a search for the knee has tried, in order; empty without one.</param>
/// <param name="Knee">Highest rate that met the target, in cases a second; null when none was looked for or none did.</param>
/// <param name="Audit">Null when it was left out, or could not be done.</param>
/// <param name="Overload">What was left of the peak under a load beyond it; null when none was asked for.</param>
/// <param name="Unaudited">Why the audit could not be done: nobody answered it; null otherwise.</param>
/// <param name="Practice">What the clock of a practice town (培训环境) showed when it was met; null of a real one.</param>
internal sealed record LoadReport(
    DateTimeOffset At,
    LoadTerms Terms,
    LoadFigures Figures,
    ImmutableArray<KneeStep> Steps,
    double? Knee,
    ImmutableArray<string> DecidedTwice,
    EndStateReport? Audit,
    OverloadResult? Overload = null,
    string? Unaudited = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? Practice = null
)
{
    /// <summary>Nothing was lost, nothing done twice, every command answered, and enough of them under an overload; and whoever wanted that
    /// proved has the proof.</summary>
    public bool Sound =>
        DecidedTwice.IsEmpty
        && Figures.Failed == 0
        && Unaudited is null
        && Audit is null or { Sound: true }
        && Overload is null or { Met: true };
}

/// <summary>What was asked for.</summary>
/// <param name="Rate">Cases a second; null in a closed loop.</param>
/// <param name="WarmUpSeconds">How long the load ran before it was measured.</param>
/// <param name="Mix">Procedure and town by share.</param>
internal sealed record LoadTerms(
    double? Rate,
    double? RampTo,
    int? Concurrency,
    double WarmUpSeconds,
    double Seconds,
    double PaceMs,
    int Approvers,
    ImmutableArray<MixTerm> Mix
)
{
    public static LoadTerms Of(LoadOrder order) =>
        new(
            Rate: order.Schedule?.Rate,
            RampTo: order.Schedule is { } schedule && schedule.RampTo != schedule.Rate ? schedule.RampTo : null,
            Concurrency: order.Schedule is null ? order.Concurrency : null,
            WarmUpSeconds: order.WarmUp.TotalSeconds,
            Seconds: order.Duration.TotalSeconds,
            PaceMs: order.Pace.TotalMilliseconds,
            order.Approvers,
            [.. order.Mix.Select(part => new MixTerm(part.Script.Procedure.Code, part.Script.Plan.Code, part.Share, part.Script.Commands))]
        );
}

internal sealed record MixTerm(string Procedure, string Town, double Share, int Commands);

/// <summary>One rate that was tried.</summary>
/// <param name="OnTime">Share of commands within the target's time.</param>
internal sealed record KneeStep(double Rate, double P99Ms, double OnTime, double CommandsPerSecond, bool Met);
