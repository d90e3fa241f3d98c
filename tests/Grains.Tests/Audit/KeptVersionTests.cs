using System.Collections.Frozen;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Tests.Fixtures;
using TownReform.Grains.Towns;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Audit;

/// <summary>Sound histories that an audit must not call a breach: cases of a version that is only kept, of one that said something else,
/// and staff as citizens.</summary>
public sealed class KeptVersionTests(SoundTown town, CaseCluster cluster) : IClassFixture<SoundTown>
{
    private const string Permit = "permit";

    [Fact]
    public void Procedure_KeptForCasesOfItsTime_IsJudgedByTheVersionThatIsKept()
    {
        var permit = RealSeeds.Library.Procedures[Permit];
        var kept = RealSeeds.Library with
        {
            Procedures = RealSeeds.Library.Procedures.Where(p => p.Key != Permit).ToFrozenDictionary(),
            Earlier = RealSeeds.Library.Earlier.Append(new((Permit, permit.Version), permit)).ToFrozenDictionary(),
        };
        town.History.CheckBy(kept).ShouldBeSound();
    }

    [Fact]
    public void Procedure_ThatSaidSomethingElse_IsExpectedNothingOf()
    {
        var permit = RealSeeds.Library.Procedures[Permit];
        var changed = RealSeeds.Library with
        {
            Procedures = RealSeeds
                .Library.Procedures.Where(p => p.Key != Permit)
                .Append(new(Permit, WithEffect(permit, "decision", "grant", "end-secondment")))
                .ToFrozenDictionary(),
        };
        var taken = new SeedsTaken(
            [new(Permit, permit.Version, "other content")],
            RealSeeds.Library.Calendar.Taken(),
            RealSeeds.Library.LawHash,
            [],
            All: false
        );
        var history = town.History.Append(TownRecord.Events, "town/yandian", taken);
        var report = history.CheckBy(changed);
        report.ShouldBeSound();
        report.Of("transitions").NotJudged.ShouldBeGreaterThan(0);
    }

    /// <summary>An audit by seeds that a case can't be judged by says so; it never ends in a fault.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Procedure_GoneOrWithoutItsStep_IsToldAndNoFault(bool gone)
    {
        var permit = RealSeeds.Library.Procedures[Permit];
        var others = RealSeeds.Library.Procedures.Where(p => p.Key != Permit);
        var changed = RealSeeds.Library with
        {
            Procedures = (
                gone
                    ? others
                    : others.Append(new(Permit, permit with { Steps = permit.Steps.Where(s => s.Key != "decision").ToFrozenDictionary() }))
            ).ToFrozenDictionary(),
        };
        var report = town.History.CheckBy(changed);
        (gone ? report.Of("transitions").NotJudged : report.Of("transitions").Breaches + report.Of("records").Breaches).ShouldBeGreaterThan(
            0
        );
    }

    [Fact]
    public async Task Citizen_WhoIsStaffAndOnLeave_AppliesAsAnybody()
    {
        var day = PureCase.Day;
        var real = await cluster.FoundAsync();
        (
            await real.Staff("YD-025").TakeLeaveAsync(new TakeLeave(Stamps.Next(PureCase.At(day), Stamps.Leader), day, day.AddDays(3)))
        ).ShouldSucceed();
        var permit = real.NextCase();
        var party = new Party("YD-025", "职工", false);
        (
            await permit.Grain.OpenAsync(
                new OpenCase(
                    Stamp: Stamps.Next(PureCase.At(day), PureCase.Public(party)),
                    Town: "yandian",
                    Procedure: Permit,
                    Subject: real.Plan.Item(Permit).Code,
                    Party: party,
                    Green: false,
                    Fields: []
                )
            )
        ).ShouldSucceed();
        await permit.DoAsync("accept", day);
        (await permit.TryAsync("withdraw", PureCase.Public(party), day)).ShouldSucceed();
        (await History.OfAsync(real.World, real.Scan)).Check().ShouldBeSound();
    }

    private static Procedure WithEffect(Procedure procedure, string step, string act, string effect)
    {
        var (at, rule) = (procedure.Steps[step], procedure.Steps[step].Acts[act]);
        var acts = at
            .Acts.Where(a => a.Key != act)
            .Append(new(act, rule with { Effects = [.. rule.Effects, effect] }))
            .ToFrozenDictionary();
        return procedure with
        {
            Steps = procedure.Steps.Where(s => s.Key != step).Append(new(step, at with { Acts = acts })).ToFrozenDictionary(),
        };
    }
}
