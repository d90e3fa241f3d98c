using System.Collections.Immutable;
using System.Globalization;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Simulation.Results;

/// <summary>A verdict in words: what it is, where it is decided, what might change it, and what is assumed.</summary>
internal sealed class VerdictWords(RunHeading run, TownFigures town, double target)
{
    public ImmutableArray<Words> Lines(Verdict verdict, RoleFigures? own, RoleFigures? county) =>
        [
            First(verdict),
            Bottleneck(new("镇内最紧", "Tightest in the town"), own),
            Bottleneck(new("县级最紧", "Tightest in the county"), county),
            Helps(verdict, own, county),
        ];

    private Words First(Verdict verdict)
    {
        var name = run.Names.Towns.FirstOrDefault(n => n.Code == town.Town) ?? new NamedCode(town.Town, town.Town, town.Town);
        var said = verdict switch
        {
            Verdict.NoCases => new Words("没有可判断的案件", "no case to judge by"),
            Verdict.Carries => new("接得住", "carries its powers"),
            Verdict.AtTheLimit => new("到了极限", "is at the limit"),
            Verdict.DoesNotCarry => new("接不住", "does not carry its powers"),
            _ => throw new System.Diagnostics.UnreachableException($"{verdict} is no verdict."),
        };
        if (town.Flow.OnTimeShare is not { } share)
        {
            return new($"{name.Zh}：{said.Zh}。", $"{name.En}: {said.En}.");
        }

        var spread = town.Flow.Range?.OnTimeShare is { } range
            ? new Words(
                $"，各次 {Percent(range.Min)} 至 {Percent(range.Max)}",
                $" ({Percent(range.Min)} to {Percent(range.Max)} by replication)"
            )
            : new("", "");
        var overdue = town.Flow.OpenOverdue.ToString("#,0.##", CultureInfo.InvariantCulture);
        return new(
            $"{name.Zh}：{said.Zh}。按时率 {Percent(share)}{spread.Zh}，目标 {Percent(target)}；超期未结 {overdue} 件，计为不按时。",
            $"{name.En} {said.En}. On time {Percent(share)}{spread.En}, target {Percent(target)}; "
                + $"{overdue} open past their limit count as late."
        );
    }

    private Words Bottleneck(Words where, RoleFigures? at)
    {
        if (at is null)
        {
            return new($"{where.Zh}：没有工作。", $"{where.En}: no work.");
        }

        var (office, role) = (run.Names.Workplaces.FirstOrDefault(n => n.Code == at.Workplace), RoleWords.Of(at.Role));
        var growth = at.GrowthPerWeek is { } weekly
            ? new Words(
                $"，后半期每周{(weekly < 0 ? "减少" : "增加")} {Number(Math.Abs(weekly))} 个",
                $", {(weekly < 0 ? "falling" : "growing")} by {Number(Math.Abs(weekly))} a week in the second half"
            )
            : new("，期间太短，不计趋势", ", no trend over so short a time");
        var people = Number(at.People);
        return new(
            $"{where.Zh}：{office?.Zh ?? at.Workplace}·{role.Zh}，{people} 人，使用率 {Percent(at.StaffUse)}；每个环节等 "
                + $"{Number(at.WaitDays)} 个工作日、办 {Number(at.ServiceMinutes)} 分钟；平均 {Number(at.MeanQueue)} 个在等{growth.Zh}。",
            $"{where.En}: {office?.En ?? at.Workplace}, {role.En}, {people} people, {Percent(at.StaffUse)} used; a step waits "
                + $"{Number(at.WaitDays)} working days and takes {Number(at.ServiceMinutes)} minutes; {Number(at.MeanQueue)} wait on "
                + $"average{growth.En}."
        );
    }

    private Words Helps(Verdict verdict, RoleFigures? own, RoleFigures? county)
    {
        var at = (own?.MeanQueue ?? 0) >= (county?.MeanQueue ?? 0) ? own ?? county : county;
        if (at is null)
        {
            return new("增减人员的影响：未计算。", "What people more or fewer would do: not computed.");
        }

        var office = at.Workplace[(at.Workplace.IndexOf('/', StringComparison.Ordinal) + 1)..];
        var change = verdict == Verdict.Carries ? "-1" : "+1";
        var set = $"--set people.{town.Town}.{office}.{at.Role}={change}";
        return new(
            $"增减人员的影响：未计算；加 {set} 再算一次，用 compare 比较。",
            $"What people more or fewer would do: not computed; run again with {set}, then compare."
        );
    }

    /// <summary>What every figure of a run rests on.</summary>
    public static Words Assumed { get; } =
        new(
            "以上均为假设之下的结果：案件量、用时、行为比例出自情景，不是实际数据；目录各行为示意，通知的附件没有公布。",
            "All of this under assumptions: volumes, minutes and habits are the scenario's, no town's own data; rows of the catalogues are "
                + "illustrative, since the annexes were never published."
        );

    private static string Percent(double? share) =>
        share is { } known ? (known * 100).ToString("0.0", CultureInfo.InvariantCulture) + "%" : "–";

    private static string Number(double? value) => value?.ToString("0.##", CultureInfo.InvariantCulture) ?? "–";
}
