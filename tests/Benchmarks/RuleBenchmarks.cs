using BenchmarkDotNet.Attributes;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds;
using TownReform.Silo.Hosting;

namespace TownReform.Benchmarks;

/// <summary>The rules that every command asks: one act of a permit, its clock, and a working-day sum as the baseline.</summary>
[MemoryDiagnoser]
public class RuleBenchmarks
{
    private readonly SeedLibrary seeds = SeedLoader.Load(SeedsFolder.Find(null).Folder!);
    private CaseFile file = null!;
    private CaseFacts facts = null!;
    private ActOnCase accept = null!;

    [GlobalSetup]
    public void Prepare()
    {
        var plan = seeds.Towns["yandian"];
        var item = plan.Items[Speed.Contenders.TownLane.Permits(plan).First()];
        var at = new DateTimeOffset(2020, 5, 11, 9, 0, 0, TimeSpan.FromHours(8));
        var window = plan.Staff.First(s => s.Roles.Contains("window"));
        facts = new CaseFacts
        {
            Plan = plan,
            Procedure = seeds.Procedures["permit"],
            Calendar = seeds.Calendar,
            Law = seeds.Law,
            Day = new DateOnly(2020, 5, 11),
            Item = item,
            Holding = new PowerHolding(item.Code, 1, PowerStanding.InForce, plan.PlanDate, null),
            Actor = window,
        };
        var open = new OpenCase(
            Stamp: new Stamp(new Guid(1, 0, 0, new byte[8]), new Actor("P1", Actor.Public), at),
            Town: plan.Code,
            Procedure: "permit",
            Subject: item.Code,
            Party: new Party("P1", "某单位", true),
            Green: false,
            Fields: []
        );
        file = CaseState.Apply(CaseFile.None, CaseRules.Open("YD00000001", open, facts).Value!.Event);
        accept = new ActOnCase(new Stamp(new Guid(2, 0, 0, new byte[8]), new Actor(window.Id, window.Organ), at), "accept", []);
    }

    [Benchmark(Baseline = true)]
    public DateOnly AddWorkingDays() => seeds.Calendar.AddWorkingDays(facts.Day, 20);

    [Benchmark]
    public ClockReading ReadClock() => ClockRules.Read(file, facts.Procedure.Steps[file.Step], facts.Day, seeds.Calendar, seeds.Law);

    [Benchmark]
    public Outcome<CaseDecision<ActTaken>> Act() => CaseRules.Act(file, accept, facts);

    [Benchmark]
    public CaseFile Apply() => CaseState.Apply(file, CaseRules.Act(file, accept, facts).Value!.Event);
}
