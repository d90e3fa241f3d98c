using TownReform.Grains.Rules.Towns;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests.Towns;

public sealed class TownRulesTests
{
    private static readonly FoundTown Found = new(Stamps.Next(), []);
    private static readonly TownState Founded = TownRules.Apply(
        TownState.Empty,
        TownRules.Found(TownState.Empty, Found, TestPlans.Elm).ShouldSucceed()
    );

    [Fact]
    public void Found_EveningInUtc_IsTheTownsNextDay()
    {
        var late = new FoundTown(Stamps.Next(new DateTimeOffset(2019, 4, 9, 16, 0, 0, TimeSpan.Zero)), []);
        TownRules
            .Found(TownState.Empty, late, TestPlans.Elm)
            .ShouldSucceed()
            .ShouldBeOfType<TownFounded>()
            .FoundedOn.ShouldBe(new(2019, 4, 10));
    }

    [Fact]
    public void Found_SamePlanAgain_RecordsNothing() => TownRules.Found(Founded, new(Stamps.Next(), []), TestPlans.Elm).ShouldBeNull();

    [Fact]
    public void Found_OtherPlanOrOtherKindsLeftOut_IsRefused()
    {
        TownRules.Found(Founded, Found, TestPlans.Elm with { Hash = "other" }).ShouldBeRefused(RefusalCode.TownFoundedOtherwise);
        TownRules.Found(Founded, new(Stamps.Next(), ["permit"]), TestPlans.Elm).ShouldBeRefused(RefusalCode.TownFoundedOtherwise);
    }

    [Fact]
    public void Settlers_StationedPeople_HoldNoPost() =>
        TownRules.Settlers(TestPlans.Elm).Where(s => !s.HoldsPost).Select(s => s.Person.Id).ShouldBe(["EL-S01"]);

    [Fact]
    public void Bureaus_EachOrgan_HasItsOwnAndStationedPeople() =>
        TownRules.Bureaus(TestPlans.Elm)[0].People.Select(p => p.Id).ShouldBe(["EL-001", "EL-S01"]);

    [Fact]
    public void CountyOffices_Officers_AreNumbered() =>
        TownRules.CountyOffices(TestPlans.Oak)[0].People.Select(p => p.Id).ShouldBe(["construction-1", "construction-2"]);

    [Fact]
    public void Reserve_OneBlockAfterAnother_NeverGivesANumberTwice()
    {
        var first = TownRules.Reserve(Founded, "elm", 10).ShouldSucceed();
        var second = TownRules.Reserve(TownRules.Apply(Founded, first), "elm", 5).ShouldSucceed();
        (first, second).ShouldBe((new CaseNumbersReserved(1, 10), new CaseNumbersReserved(11, 5)));
    }

    [Fact]
    public void Reserve_NotFounded_IsRefused() => TownRules.Reserve(TownState.Empty, "elm", 1).ShouldBeRefused(RefusalCode.TownNotFounded);

    [Fact]
    public void Found_KindsAndPeople_AreRecordedInOrder()
    {
        var founded = TownRules
            .Found(TownState.Empty, new(Stamps.Next(), ["penalty", "permit", "penalty"], Practice: true), TestPlans.Elm)
            .ShouldSucceed()
            .ShouldBeOfType<TownFounded>();
        founded.Without.ShouldBe(["penalty", "permit"]);
        founded.Organs.ShouldBe(["service", "enforcement"]);
        founded.Staff.ShouldBe(["EL-001", "EL-002", "EL-S01"]);
        founded.Practice.ShouldBe(true);
        var state = TownRules.Apply(TownState.Empty, founded);
        TownRules.Found(state, new(Stamps.Next(), ["permit", "penalty"], Practice: true), TestPlans.Elm).ShouldBeNull();
        TownRules
            .Found(state, new(Stamps.Next(), ["permit", "penalty"]), TestPlans.Elm)
            .ShouldBeRefused(RefusalCode.TownFoundedOtherwise)
            .Facts.ShouldContain(fact => fact.Value.EndsWith("[penalty;permit]", StringComparison.Ordinal));
    }

    [Fact]
    public void Apply_Settled_IsKept() => TownRules.Apply(Founded, new TownSettled()).ShouldBe(Founded with { Settled = true });

    [Theory]
    [InlineData("0001-01-01", null, 0, 0)]
    [InlineData("0001-01-02", null, 1, 0)]
    [InlineData("2019-03-01", "2019-12-31", 1, 1)]
    [InlineData("2019-03-01", "9999-12-30", 1, 1)]
    [InlineData("2019-03-01", "9999-12-31", 1, 0)]
    public void OutOfOffice_AroundTheOffice_AreTheDaysBeforeAndAfter(string since, string? until, int before, int after)
    {
        var (first, last) = (DateOnly.ParseExact(since, "O"), until is null ? (DateOnly?)null : DateOnly.ParseExact(until, "O"));
        var days = TownRules.OutOfOffice(TestPlans.Official("a", "construction", last) with { Since = first });
        days.Count(a => a.From == DateOnly.MinValue && a.Until == first.AddDays(-before)).ShouldBe(before);
        days.Count(a => a.Until == DateOnly.MaxValue && a.From == last?.AddDays(after)).ShouldBe(after);
        days.Length.ShouldBe(before + after);
        days.ShouldAllBe(a => a.Kind == AbsenceKind.Leave);
    }

    [Fact]
    public void SendAgain_EachReasonAgainst_IsRefusedAndElseRecorded()
    {
        var effect = new SentAgain(7, "case/EL00000001", 3, 1, "seal", "live/elm");
        var command = new RetryEffect(Stamps.Next(), "elm", 7);
        TownRules.SendAgain(TownState.Empty, command, effect, ["elm"]).ShouldBeRefused(RefusalCode.TownNotFounded);
        TownRules.SendAgain(Founded, command, null, []).ShouldBeRefused(RefusalCode.NotSetAside);
        TownRules.SendAgain(Founded, command, effect, ["oak"]).ShouldBeRefused(RefusalCode.ActorWrongRole);
        foreach (string[] towns in new[] { ["elm"], ["oak", "elm"], Array.Empty<string>() })
        {
            var sent = TownRules.SendAgain(Founded, command, effect, towns).ShouldSucceed();
            sent.ShouldBe(new EffectSentAgain(7, "case/EL00000001", 3, 1, "seal", "live/elm"));
            TownRules.Apply(Founded, sent).ShouldBe(Founded);
        }
    }

    [Theory]
    [InlineData("case/EL00000001", "live/ash", "elm,ash")]
    [InlineData("case/EL00000001", "live/grove", "elm")]
    [InlineData("staff/oak/OK-001", "live/oak", "oak")]
    [InlineData("case/ELX0001", "live/grove", "")]
    [InlineData("case/0EL1", "live/grove", "")]
    public void TownsOf_RecordAndReceiver_AreKnownByCodeOrLetters(string stream, string target, string towns) =>
        string.Join(',', TownRules.TownsOf([TestPlans.Elm, TestPlans.Oak, TestPlans.Ash], stream, target)).ShouldBe(towns);
}
