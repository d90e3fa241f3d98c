using TownReform.Grains.Matters;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests.Cases;

/// <summary>What every procedure of the seeds must have for the clauses to hold, whoever edits the files.</summary>
public sealed class ProcedureDataTests
{
    public static TheoryData<string> All => [.. RealSeeds.Library.Procedures.Keys.Order(StringComparer.Ordinal)];

    public static TheoryData<string> OfTheTown => [.. Where(p => p.Route == "town")];

    public static TheoryData<string> Penalties => [.. Where(p => p.Kinds.Contains("penalty"))];

    [Fact]
    public void Library_Kinds_AllHaveAProcedure() =>
        Subject.AllKinds.ShouldAllBe(kind => RealSeeds.Library.Procedures.Values.Any(p => p.Kinds.Contains(kind)));

    [Theory]
    [MemberData(nameof(All))]
    public void Act_Any_CanBeDoneBySomebodyInEachTown(string code)
    {
        var procedure = RealSeeds.Library.Procedures[code];
        foreach (var (step, act) in Acts(procedure))
        {
            Reachable(procedure).ShouldContain(step.Code);
            foreach (var town in RealSeeds.Library.Towns.Values)
            {
                var roles = act.By.IsEmpty ? [step.Role] : act.By;
                roles
                    .Any(role => OutsideRoles.All.Contains(role) || town.Staff.Concat(town.StationedStaff).Any(p => p.Roles.Contains(role)))
                    .ShouldBeTrue($"{town.Code}: {code}.{step.Code}.{act.Code}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Step_WaitingForSomebodyOutside_EndsByItself(string code)
    {
        // A3: a received case is never dropped.
        foreach (var step in RealSeeds.Library.Procedures[code].Steps.Values.Where(s => s.Hands.IsNobody))
        {
            step.OnExpiry.ShouldNotBeNull($"{code}.{step.Code}");
            step.Acts[step.OnExpiry!].By.ShouldContain(ActorRules.BySystem);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Act_EndingTheClockOrNumberingACertificate_Decides(string code)
    {
        foreach (var (step, act) in Acts(RealSeeds.Library.Procedures[code]))
        {
            (
                act.Decides || act.Clock != ClockAct.End && !act.Effects.Any(e => e is "number-certificate" or "number-county-certificate")
            ).ShouldBeTrue($"{code}.{step.Code}.{act.Code}");
        }
    }

    [Theory]
    [MemberData(nameof(OfTheTown))]
    public void Opening_OfTheTown_NeedsThePowerAndCanBeHandedBack(string code)
    {
        var procedure = RealSeeds.Library.Procedures[code];
        procedure.OpenRules.ShouldContain("power-in-force");
        procedure.Anywhere[CaseRules.HandBack].By.ShouldBe([ActorRules.BySystem]);
        procedure.Ends[procedure.Anywhere[CaseRules.HandBack].To].Disposition.ShouldBe(Disposition.Transferred);
        Acts(procedure).ShouldContain(a => a.Act.Decides);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Opening_OfTheCounty_NeedsTheRouteOpen(string code)
    {
        var procedure = RealSeeds.Library.Procedures[code];
        (procedure.Route != "county" || procedure.OpenRules.Contains("route-open")).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Act_HandingOutACertificate_AsksForItsNumber(string code)
    {
        foreach (var (_, act) in Acts(RealSeeds.Library.Procedures[code]).Where(a => a.Act.Code is "deliver" or "serve" or "pay-out"))
        {
            act.Rules.ShouldContain("certificate-set");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Act_TellingMissingPapersOrWithdrawing_AsksItsRule(string code)
    {
        foreach (var (_, act) in Acts(RealSeeds.Library.Procedures[code]))
        {
            (!act.Needs.Contains(ServiceRules.Missing) || act.Rules.Contains("one-time-notice")).ShouldBeTrue();
            (act.Clock != ClockAct.Extend || act.Rules.Contains("extension-once")).ShouldBeTrue();
        }

        foreach (var act in RealSeeds.Library.Procedures[code].Anywhere.Values.Where(a => a.By.Contains(ActorRules.ByPublic)))
        {
            act.Rules.ShouldContain("undecided");
        }
    }

    [Theory]
    [MemberData(nameof(Penalties))]
    public void Penalty_Enforcing_TakesTwoCertifiedOfficers(string code)
    {
        // C2: whoever faces the party, and whatever is decided rests on what two officers found.
        // Since 2021-07-15 always; before, one sufficed on the spot (行政处罚法(2017) §34).
        var (procedure, law) = (RealSeeds.Library.Procedures[code], RealSeeds.Library.Law.On(new(2021, 7, 15)));
        foreach (var step in procedure.Steps.Values.Where(s => s.Code is "investigation" or "notice" or "on-the-spot"))
        {
            (step.Hands.On(law), step.Certificates.Contains(OfficerRules.EnforcementCertificate)).ShouldBe((2, true));
            step.Acts.Values.ShouldAllBe(a => a.Takes.Contains("with"));
        }

        var found = procedure.Steps.Values.Where(s => s.Hands.On(law) == 2).Select(s => s.Code).ToHashSet();
        foreach (var (step, _) in Acts(procedure).Where(a => a.Act.Decides))
        {
            (found.Contains(step.Code) || step.SeparateFrom.Any(found.Contains)).ShouldBeTrue($"{code}.{step.Code}");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Money_Any_GoesToTheTreasuryByOtherHands(string code)
    {
        // C5: two separate lines for income and spending.
        var procedure = RealSeeds.Library.Procedures[code];
        var deciding = Acts(procedure).Where(a => a.Act.Decides && a.Act.Code != "refuse").Select(a => a.Step.Code).Distinct().ToArray();
        foreach (var (step, act) in Acts(procedure))
        {
            var name = $"{code}.{step.Code}.{act.Code}";
            (!act.Needs.Contains("account") || act.Rules.Contains("treasury-account")).ShouldBeTrue(name);
            (!act.Needs.Contains("paid") || act.Rules.Contains("amount-paid") || act.Rules.Contains("fee-exact")).ShouldBeTrue(name);
            (!act.Needs.Contains("fine") || act.Rules.Any(r => r is "fine-in-band" or "fine-in-law")).ShouldBeTrue(name);
            (!act.Needs.Contains("receipt") || act.Claims == "receipt").ShouldBeTrue(name);
        }

        foreach (var step in procedure.Steps.Values.Where(s => s.Role == ActorRules.Collector))
        {
            deciding.ShouldAllBe(d => step.SeparateFrom.Contains(d));
        }
    }

    [Fact]
    public void Secondment_Rules_AreAskedAtTheRequestAndAgainAtTheApproval()
    {
        var secondment = RealSeeds.Library.Procedures["secondment"];
        string[] rules = ["secondment-agreement", "secondment-dates", "secondment-service", "secondment-term"];
        secondment.OpenRules.Order(StringComparer.Ordinal).ShouldBe(rules);
        secondment.Steps["organisation"].Acts["approve"].Rules.Order(StringComparer.Ordinal).ShouldBe(rules);
        secondment.Steps["extension-approval"].Acts["approve"].Rules.ShouldContain("secondment-term");
        secondment.Steps["away"].Acts["ask-extension"].Rules.ShouldContain("secondment-term");
    }

    [Fact]
    public void MatterLibrary_Rules_AreAllAskedBySomeProcedure() =>
        MatterLibrary
            .Rules.Keys.Except(RealSeeds.Library.AllProcedures.SelectMany(p => p.OpenRules.Concat(Acts(p).SelectMany(a => a.Act.Rules))))
            .ShouldBeEmpty();

    [Fact]
    public void Effects_Names_AreAllCausedBySomeProcedure() =>
        MatterLibrary
            .Effects.Keys.Except(RealSeeds.Library.Procedures.Values.SelectMany(p => Acts(p).SelectMany(a => a.Act.Effects)))
            .ShouldBeEmpty();

    private static IEnumerable<string> Where(Func<Procedure, bool> of) =>
        RealSeeds.Library.Procedures.Values.Where(of).Select(p => p.Code).Order(StringComparer.Ordinal);

    /// <summary>Every act with each step where it is possible.</summary>
    private static IEnumerable<(StepRule Step, ActRule Act)> Acts(Procedure procedure) =>
        procedure.Steps.Values.SelectMany(step => step.Acts.Values.Concat(procedure.Anywhere.Values).Select(act => (step, act)));

    private static HashSet<string> Reachable(Procedure procedure)
    {
        var (reached, next) = (new HashSet<string>(), new Queue<string>([procedure.Start]));
        while (next.TryDequeue(out var code))
        {
            if (reached.Add(code) && procedure.Steps.TryGetValue(code, out var step))
            {
                foreach (var act in step.Acts.Values)
                {
                    next.Enqueue(act.To);
                }
            }
        }

        return reached;
    }
}
