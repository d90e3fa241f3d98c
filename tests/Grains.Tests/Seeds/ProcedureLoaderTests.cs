using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Seeds;

namespace TownReform.Grains.Tests.Seeds;

public sealed class ProcedureLoaderTests : IDisposable
{
    private const string File = "procedures/mini.yaml";

    private const string Mini = """
        procedure: mini
        version: 2
        name: {zh: 小, en: Mini}
        kinds: [permit]
        route: town
        opened_by: [public, window]
        start: intake
        open: {rules: [power-in-force], takes: [agent]}
        fields:
          agent: {type: text, name: {zh: 代办人, en: Agent}}
          result: {type: choice, values: [yes-grant, no-grant], name: {zh: 结果, en: Result}}
          until: {type: date, name: {zh: 至, en: Until}}
        steps:
          intake:
            name: {zh: 受理, en: Intake}
            at: duty:service
            role: window
            limit: law:licensing.supplement.days
            on_expiry: accept
            acts:
              accept: {name: {zh: 受理, en: Accept}, to: decision, clock: start, by: [window, system]}
              ask: {name: {zh: 补正, en: Ask}, to: waiting, clock: stop, needs: [result], visit: true}
          waiting:
            name: {zh: 等待, en: Waiting}
            at: outside
            role: public
            limit_field: until
            acts:
              bring: {name: {zh: 补来, en: Bring}, to: intake, clock: run}
          decision:
            name: {zh: 决定, en: Decision}
            at: item
            role: decider
            certificates: [approval, item]
            separate_from: [intake]
            work: decide
            acts:
              grant: {name: {zh: 准予, en: Grant}, to: granted, when: {result: [yes-grant]}, needs: [result], rules: [papers-complete], effects: [number-certificate], clock: end, decides: true}
              refuse: {name: {zh: 不予, en: Refuse}, to: refused, when: {result: [no-grant]}, clock: end, decides: true}
        anywhere:
          withdraw: {name: {zh: 撤回, en: Withdraw}, to: withdrawn, by: [public]}
        ends:
          granted: {name: {zh: 准予, en: Granted}, disposition: decided, granted: true}
          refused: {name: {zh: 不予, en: Refused}, disposition: decided}
          withdrawn: {name: {zh: 撤回, en: Withdrawn}, disposition: withdrawn}
        """;

    private readonly SeedCopy seeds = new();

    public ProcedureLoaderTests() => seeds.Write(File, Mini);

    public void Dispose() => seeds.Dispose();

    [Fact]
    public void Load_WholeProcedure_ReadsEverything()
    {
        var mini = seeds.Load().Procedures["mini"];
        (mini.Version, mini.Route, mini.Start, mini.Name.Zh).ShouldBe((2, "town", "intake", "小"));
        mini.OpenedBy.ShouldBe(["public", "window"]);
        (mini.OpenRules[0], mini.OpenNeeds.Length, mini.OpenTakes[0]).ShouldBe(("power-in-force", 0, "agent"));
        mini.Fields["result"].Values.ShouldBe(["yes-grant", "no-grant"]);
        var intake = mini.Steps["intake"];
        (intake.Hands, intake.Limit!.ToString(), intake.OnExpiry, intake.Work).ShouldBe(
            (HandsRule.One, "law:licensing.supplement.days", "accept", null)
        );
        (mini.Steps["waiting"].NextWorkingDay, intake.NextWorkingDay).ShouldBe((true, false));
        intake.Acts["accept"].By.ShouldBe(["window", "system"]);
        (intake.Acts["accept"].Clock, intake.Acts["ask"].Visit, intake.Acts["ask"].By.IsEmpty).ShouldBe((ClockAct.Start, true, true));
        (mini.Steps["waiting"].Hands, mini.Steps["waiting"].LimitField).ShouldBe((HandsRule.None, "until"));
        var grant = mini.Steps["decision"].Acts["grant"];
        (grant.Decides, grant.Rules[0], grant.Effects[0], grant.When["result"][0]).ShouldBe(
            (true, "papers-complete", "number-certificate", "yes-grant")
        );
        mini.Steps["decision"].SeparateFrom.ShouldBe(["intake"]);
        mini.Anywhere["withdraw"].To.ShouldBe("withdrawn");
        mini.Ends["granted"].ShouldBe(new EndRule("granted", new("准予", "Granted"), Disposition.Decided, true));
        mini.Ends["refused"].Granted.ShouldBeFalse();
    }

    [Theory]
    [InlineData("to: decision", "to: desicion", "steps.intake.acts.accept.to")]
    [InlineData("start: intake", "start: outtake", "start")]
    [InlineData("takes: [agent]", "takes: [agnt]", "open.takes")]
    [InlineData("needs: [result], visit", "needs: [reslt], visit", "steps.intake.acts.ask.needs")]
    [InlineData("rules: [papers-complete]", "rules: [papers]", "steps.decision.acts.grant.rules")]
    [InlineData("rules: [power-in-force]", "rules: [power]", "open.rules")]
    [InlineData("effects: [number-certificate]", "effects: [number]", "steps.decision.acts.grant.effects")]
    [InlineData("when: {result: [yes-grant]}", "when: {reslt: [yes-grant]}", "steps.decision.acts.grant.when")]
    [InlineData("when: {result: [yes-grant]}", "when: {result: [maybe]}", "steps.decision.acts.grant.when.result")]
    [InlineData("separate_from: [intake]", "separate_from: [outtake]", "steps.decision.separate_from")]
    [InlineData("limit_field: until", "limit_field: agent", "steps.waiting.limit_field")]
    [InlineData("on_expiry: accept", "on_expiry: grant", "steps.intake.on_expiry")]
    [InlineData("role: window", "role: doorman", "steps.intake.role")]
    [InlineData("by: [public]", "by: [king]", "anywhere.withdraw.by")]
    [InlineData("opened_by: [public, window]", "opened_by: [king]", "opened_by")]
    [InlineData("kinds: [permit]", "kinds: [marriage]", "kinds[0]")]
    [InlineData("at: duty:service", "at: townhall", "steps.intake.at")]
    [InlineData("limit: law:licensing.supplement.days", "limit: 5wd", "steps.intake.limit")]
    [InlineData("limit: law:licensing.supplement.days", "limit: law:licensing.suplement.days", "steps.intake.limit")]
    [InlineData("limit: law:licensing.supplement.days", "limit: own:licensing.supplement.days", "steps.intake.limit")]
    [InlineData("limit: law:licensing.supplement.days", "limit: law:service.intake.days", "steps.intake.limit")]
    [InlineData("limit: law:licensing.supplement.days", "limit: law:penalty.summary-person.yuan", "steps.intake.limit")]
    [InlineData("limit: law:licensing.supplement.days", "limit: law:penalty.decide.days", "steps.intake.limit")]
    [InlineData("role: decider", "role: decider\n    hands: 2", "steps.decision.hands", 1)]
    [InlineData("role: decider", "role: decider\n    hands: law:licensing.decide.days", "steps.decision.hands", 1)]
    [InlineData("clock: start", "clock: extend", "steps.intake.acts.accept.extends")]
    [InlineData("clock: start", "extends: law:licensing.extend.days", "steps.intake.acts.accept.extends")]
    [InlineData("clock: end, decides: true", "clock: end, decides: true, batch: true", "steps.decision.acts.grant.batch")]
    [InlineData("needs: [result], visit", "needs: [result], batch: true, visit", "steps.intake.acts.ask.batch")]
    [InlineData("route: town", "route: town\nlaw: licencing", "law", 1)]
    [InlineData("clock: start", "clock: begin", "steps.intake.acts.accept.clock")]
    [InlineData("disposition: withdrawn", "disposition: open", "ends.withdrawn.disposition")]
    [InlineData("work: decide", "wrok: decide", "steps.decision.wrok")]
    [InlineData("certificates: [approval, item]", "certificates: [flying]", "steps.decision.certificates[0]")]
    [InlineData("type: choice, values: [yes-grant, no-grant]", "type: choice", "fields.result.values")]
    [InlineData("procedure: mini", "procedure: maxi", "procedure")]
    [InlineData("version: 2", "version: 0", "version")]
    public void Load_NameThatIsNotBound_NamesFileLineAndField(string old, string @new, string field, int below = 0)
    {
        var line = seeds.Replace(File, old, @new) + below;
        seeds.Faults().ShouldContain(f => f.File == File && f.Line == line && f.Field == field);
    }

    [Fact]
    public void Load_ExpiryWithoutALimit_IsAFault()
    {
        seeds.Replace(File, "    limit: law:licensing.supplement.days\n", "");
        seeds.Faults().ShouldHaveSingleItem().Field.ShouldBe("steps.intake.on_expiry");
    }

    [Fact]
    public void Load_StepThatNothingLeadsTo_IsAFault()
    {
        seeds.Replace(File, "to: waiting", "to: decision");
        seeds.HasOneFault(File, Line("  waiting:"), "waiting");
    }

    [Fact]
    public void Load_EndThatNothingLeadsTo_IsAFault()
    {
        seeds.Replace(File, "to: refused", "to: granted");
        seeds.HasOneFault(File, Line("  refused:"), "refused");
    }

    [Fact]
    public void Load_StepWithoutAWayOut_IsAFaultThoughWithdrawingIsPossible()
    {
        seeds.Replace(File, "to: intake, clock: run", "to: waiting");
        seeds.HasOneFault(File, Line("  waiting:"), "steps.waiting");
    }

    [Fact]
    public void Load_StepThatNobodyInATownCanDo_NamesEachTown()
    {
        seeds.Replace(File, "role: window", "role: collector");
        var faults = seeds.Faults();
        faults.Select(f => (f.Line, f.Field)).Distinct().ShouldBe([(Line("    at: duty:service"), "steps.intake")]);
        faults.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void Load_HandsAroundThePeopleThere_LoadsOnlyWithEnough(int hands, bool loads)
    {
        seeds.Replace("law/penalty.yaml", "value: 2, unit: people, article: §37", $"value: {hands}, unit: people, article: §37");
        seeds.Replace(File, "    separate_from", "    hands: law:penalty.officers.people\n    separate_from");
        seeds.Replace(File, "needs: [result], rules", "needs: [result], takes: [with], rules");
        seeds.Replace(File, "when: {result: [no-grant]}, clock", "when: {result: [no-grant]}, takes: [with], clock");
        seeds.Replace(File, "  until: {type", "  with: {type: staff, name: {zh: 同办, en: With}}\n  until: {type");
        if (loads)
        {
            var library = seeds.Load();
            library.Procedures["mini"].Steps["decision"].Hands.On(library.Law.On(new(2019, 4, 10))).ShouldBe(hands);
        }
        else
        {
            seeds.Faults().ShouldAllBe(f => f.File == File && f.Field == "steps.decision");
        }
    }

    [Fact]
    public void Load_StepOfSeveralWhoCannotBeNamed_IsAFault()
    {
        seeds.Replace(File, "    separate_from", "    hands: law:penalty.officers.people\n    separate_from");
        seeds.Faults().Select(f => f.Field).ShouldBe(["steps.decision.acts.grant", "steps.decision.acts.refuse"]);
    }

    [Fact]
    public void Load_TownBroken_DoesNotBlameTheProcedure()
    {
        seeds.Replace(SeedCopy.Yandian, "prefix: YD", "prefix: yd");
        seeds.Faults().ShouldAllBe(f => f.File == SeedCopy.Yandian);
    }

    [Fact]
    public void Load_ProceduresAlone_TakeTheRolesGiven()
    {
        var vocabulary = new ProcedureVocabulary(
            SeedCopy.Rules,
            SeedCopy.Effects,
            new HashSet<string> { "public", "system", "window", "decider" }
        );
        ProcedureLoader.Load(seeds.Folder, vocabulary).Keys.ShouldBe(["mini"]);
    }

    private int Line(string start) => Array.FindIndex(seeds.Read(File).Split('\n'), l => l.StartsWith(start, StringComparison.Ordinal)) + 1;
}
