using TownReform.Grains.Cases;
using TownReform.Grains.Journal.Audit;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Seals;
using TownReform.Grains.Seals;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Audit;

/// <summary>Cases whose record says what no grain would have recorded.</summary>
public sealed class CaseBreachTests(SoundTown town) : IClassFixture<SoundTown>
{
    private const string Seal = "seal/yandian";

    [Fact]
    public void Transition_ToAnotherStep_IsNamed() => Taken(town.Open, 2, it => it with { To = "decision" });

    [Fact]
    public void Transition_FromAnotherStep_IsNamed() => Taken(town.Granted, 4, it => it with { From = "intake" });

    [Fact]
    public void Transition_ByAnActThatIsNotHere_IsNamed() => Taken(town.Open, 2, it => it with { Act = "grant" });

    [Fact]
    public void Transition_BySomebodyElse_IsNamed() => Taken(town.Open, 2, it => it with { By = ["YD-001"] });

    [Fact]
    public void Transition_WithoutNeededField_IsNamed() => Taken(town.Granted, 4, it => it with { Fields = [] });

    [Fact]
    public void Transition_ClockNotStarted_IsNamed() => Taken(town.Open, 2, it => it with { Clock = null });

    [Fact]
    public void Transition_VisitNotCounted_IsNamed() =>
        Taken(town.Granted, town.History.LastOf(town.Granted), it => it with { Visit = false });

    [Fact]
    public void Transition_OnAnotherDay_IsNamed() => Taken(town.Open, 2, it => it with { Day = it.Day.AddDays(1) });

    [Fact]
    public void Transition_DeciderWhoReviewed_IsNamed()
    {
        var history = town.History;
        var reviewer = history.Records.Single(r => r.Stream == town.Granted && r.Version == 4).ActorId;
        history
            .Edit(town.Granted, 5, record => record with { ActorId = reviewer })
            .Change(CaseCodec.Instance, town.Granted, 5, (ActTaken it) => it with { By = [reviewer] })
            .Check()
            .ButNothingElse("transitions")
            .ShouldBreach("transitions", town.Granted, 5);
    }

    [Fact]
    public void Transition_ByStaffUnderTheOfficeOfThePublic_IsNamed() =>
        town
            .History.Edit(town.Open, 2, record => record with { ActorOffice = Actor.Public })
            .Check()
            .ShouldBreach("transitions", town.Open, 2);

    [Fact]
    public void Opening_OfAnotherSubject_IsNamed() =>
        town
            .History.Change(CaseCodec.Instance, town.Open, 1, (CaseOpened it) => it with { ItemKind = "penalty" })
            .Check()
            .ShouldBreach("transitions", town.Open, 1);

    [Fact]
    public void Opening_AtAnotherStep_IsNamed() =>
        town
            .History.Change(CaseCodec.Instance, town.Open, 1, (CaseOpened it) => it with { Step = "review" })
            .Check()
            .ShouldBreach("transitions", town.Open, 1);

    [Fact]
    public void Opening_Twice_IsNamed()
    {
        var opened = (CaseOpened)CaseCodec.Instance.Read(town.History.Records.Single(r => r.Stream == town.Open && r.Version == 1));
        town.History.Append(CaseCodec.Instance, town.Open, opened)
            .Check()
            .ShouldBreach("transitions", town.Open, town.History.LastOf(town.Open) + 1);
    }

    [Fact]
    public void Opening_Removed_IsNamed() => town.History.Remove(town.Open, 1).Check().ShouldBreach("transitions", town.Open, 1);

    [Fact]
    public void Clock_TurnedBeforeItsDay_IsNamed()
    {
        var turned = town.History.LastOf(town.Open, ClockTurned.Name);
        town.History.Change(CaseCodec.Instance, town.Open, turned, (ClockTurned it) => it with { Colour = ClockColour.Supervised })
            .Check()
            .ShouldBreach("transitions", town.Open, turned);
    }

    [Fact]
    public void HandOver_FromOthersThanHadIt_IsNamed() =>
        town
            .History.Append(CaseCodec.Instance, town.Open, new CaseHandedOver(["YD-001"], ["YD-030"], Stamps.Morning))
            .Check()
            .ShouldBreach("transitions", town.Open, town.History.LastOf(town.Open) + 1);

    [Fact]
    public void Freeze_OfAFrozenCase_IsNamed()
    {
        var frozen = (PowerFollowed)
            CaseCodec.Instance.Read(town.History.Records.Last(r => r.Stream == town.Frozen && r.Kind == PowerFollowed.Name));
        town.History.Append(CaseCodec.Instance, town.Frozen, frozen)
            .Check()
            .ShouldBreach("transitions", town.Frozen, town.History.LastOf(town.Frozen) + 1);
    }

    [Fact]
    public void Procedure_OfAVersionNotAtHand_IsNotJudged()
    {
        var report = town.History.Change(CaseCodec.Instance, town.Frozen, 1, (CaseOpened it) => it with { ProcedureVersion = 99 }).Check();
        report.Sound.ShouldBeTrue();
        report.Of("transitions").NotJudged.ShouldBe(town.History.LastOf(town.Frozen));
    }

    [Fact]
    public void Decision_ASecondTime_IsNamed() => After(town.Granted, "decisions");

    [Fact]
    public void Decision_WhileTheCertificateIsHandedOut_IsNamed()
    {
        // The second permit was granted and waits for delivery.
        var waiting = town.History.Records.Last(r => r.Kind == CertificateSet.Name && r.Stream != town.Granted).Stream;
        After(waiting, "decisions");
    }

    [Fact]
    public void Ended_AnythingButARefusal_IsNamed()
    {
        var last = town.History.LastOf(town.Granted);
        town.History.Append(
                CaseCodec.Instance,
                town.Granted,
                new ActRefused(
                    "grant",
                    "x",
                    TownReform.Grains.Rules.Records.RecordingRefusals.CommandIdReused(Guid.Empty, "x"),
                    Stamps.Morning
                )
            )
            .Check()
            .Sound.ShouldBeTrue();
        town.History.Append(CaseCodec.Instance, town.Granted, new CaseHandedOver([], ["YD-030"], Stamps.Morning))
            .Check()
            .ButNothingElse("decisions")
            .ShouldBreach("decisions", town.Granted, last + 1);
    }

    [Fact]
    public void Certificate_GivenTwice_IsNamed()
    {
        var history = town.History;
        var first = (CertificateIssued)SealRecord.Events.Read(history.Records.First(r => r.Stream == Seal));
        history
            .Change(
                SealRecord.Events,
                Seal,
                2,
                (CertificateIssued it) => it with { Number = first.Number, Certificate = first.Certificate }
            )
            .Check()
            .ShouldBreach("certificates", Seal, 2);
    }

    [Fact]
    public void Certificate_NumberLeftOut_IsNamed() =>
        town
            .History.Change(
                SealRecord.Events,
                Seal,
                2,
                (CertificateIssued it) => it with { Number = 3, Certificate = SealRules.Text(it.Prefix, it.Year, 3) }
            )
            .Check()
            .ShouldBreach("certificates", Seal, 2);

    [Fact]
    public void Seal_CaseBearsAnotherNumber_IsNamed()
    {
        var set = town.History.LastOf(town.Granted, CertificateSet.Name);
        town.History.Change(CaseCodec.Instance, town.Granted, set, (CertificateSet it) => it with { Certificate = "烟行许〔2019〕77号" })
            .Check()
            .ButNothingElse("seals", "read-model")
            .ShouldBreach("seals", town.Granted, set);
    }

    [Fact]
    public void Seal_NumberNeverToldToTheCase_IsNamed()
    {
        var waiting = town.History.Records.Last(r => r.Kind == CertificateSet.Name && r.Stream != town.Granted);
        town.History.Remove(waiting.Stream, waiting.Version)
            .Check()
            .ButNothingElse("seals", "read-model")
            .ShouldBreach("seals", waiting.Stream, null);
    }

    [Fact]
    public void Seal_AskedAndNeverNumbered_IsNamed()
    {
        var waiting = town.History.Records.Last(r => r.Kind == CertificateSet.Name && r.Stream != town.Granted);
        var granted = town.History.LastOf(waiting.Stream, ActTaken.Name);
        town.History.Remove(waiting.Stream, waiting.Version).Remove(Seal, 2).Check().ShouldBreach("seals", waiting.Stream, granted);
    }

    [Fact]
    public void Seal_StillUnderWay_IsNoBreachOfItsOwn()
    {
        var waiting = town.History.Records.Last(r => r.Kind == CertificateSet.Name && r.Stream != town.Granted);
        town.History.Remove(waiting.Stream, waiting.Version).Replace<ScannedWaiting>(_ => new(1)).Check().Of("seals").Breaches.ShouldBe(0);
    }

    [Fact]
    public void Seal_TellsACaseAnothersNumber_IsNamed() =>
        town
            .History.Append(SealRecord.Events, Seal, new CertificateTold(town.Granted["case/".Length..], "烟行许〔2019〕2号"))
            .Check()
            .ShouldBreach("seals", Seal, 4);

    [Fact]
    public void Seal_DecisionWasSealedWithAnotherNumber_IsNamed()
    {
        var decided = town.History.LastOf(town.Sealed, ActTaken.Name);
        town.History.Change(CaseCodec.Instance, town.Sealed, decided, (ActTaken it) => it with { Certificate = "烟行许〔2019〕77号" })
            .Check()
            .ButNothingElse("seals", "read-model")
            .ShouldBreach("seals", town.Sealed, decided);
    }

    [Fact]
    public void Seal_DecisionWasSealedAndTheSealKnowsNothing_IsNamed() =>
        town
            .History.Remove(Seal, 3)
            .Check()
            .ButNothingElse("seals")
            .ShouldBreach("seals", town.Sealed, town.History.LastOf(town.Sealed, ActTaken.Name));

    [Fact]
    public void Seal_SetOnAnActThatDecidesNothing_IsNamed() => Taken(town.Sealed, 2, it => it with { Certificate = "烟行许〔2019〕77号" });

    private void Taken(string stream, long version, Func<ActTaken, ActTaken> change) =>
        town.History.Change(CaseCodec.Instance, stream, version, change).Check().ShouldBreach("transitions", stream, version);

    private void After(string stream, string check)
    {
        var granted = town
            .History.Records.Where(r => r.Stream == stream && r.Kind == ActTaken.Name)
            .Select(CaseCodec.Instance.Read)
            .OfType<ActTaken>()
            .Single(it => it.Decides);
        town.History.Append(CaseCodec.Instance, stream, granted).Check().ShouldBreach(check, stream, town.History.LastOf(stream) + 1);
    }
}
