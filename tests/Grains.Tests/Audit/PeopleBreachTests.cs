using TownReform.Grains.Assessments;
using TownReform.Grains.Cases;
using TownReform.Grains.Establishment;
using TownReform.Grains.Powers;
using TownReform.Grains.Rules.Assessments;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Establishment;
using TownReform.Grains.Rules.Powers;
using TownReform.Grains.Rules.Staff;
using TownReform.Grains.Staff;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Audit;

/// <summary>Posts, secondments, grades and powers beyond what the rules allow, at one point of an otherwise sound history.</summary>
[ShowsClause("D2", "E1", "E2", "E3", "E4", "E7")]
public sealed class PeopleBreachTests(SoundTown town) : IClassFixture<SoundTown>
{
    private const string Posts = "establishment/yandian";

    [Fact]
    public void Posts_OneOverTheApproved_IsNamedAndOnTheNumberIsNot()
    {
        Full().Check().Sound.ShouldBeTrue();
        var over = Full().Append(EstablishmentRecord.Events, Posts, new PostFilled("YD-901", PostClass.Administrative), Stamps.Personnel);
        over.Check().ButNothingElse("posts").ShouldBreach("posts", Posts, over.LastOf(Posts)).Why.En.ShouldContain("D2");
    }

    [Fact]
    public void Posts_OverInTheMiddleOnly_IsNamedThere()
    {
        var over = Full().Append(EstablishmentRecord.Events, Posts, new PostFilled("YD-901", PostClass.Administrative), Stamps.Personnel);
        var ended = over.Copy().Append(EstablishmentRecord.Events, Posts, new PostReleased("YD-901"), Stamps.Personnel).Check();
        ended.ButNothingElse("posts").ShouldBreach("posts", Posts, over.LastOf(Posts));
        ended.Of("posts").Breaches.ShouldBe(1);
    }

    [Fact]
    public void Posts_TwoForOnePerson_IsNamed() =>
        town
            .History.Change<EstablishmentEvent, PostFilled>(EstablishmentRecord.Events, Posts, 2, it => new PostFilled(Holder(1), it.Class))
            .Check()
            .ShouldBreach("posts", Posts, 2);

    [Fact]
    public void Secondment_LongerThanTheTerm_IsNamedUnlessItsReasonIsOnTheCase()
    {
        var begun = town.History.LastOf(SoundTown.Seconded, SecondmentBegun.DurableName);
        var approved = town.History.LastOf(town.Secondment, ActTaken.Name);
        var longer = Lengthened(begun, approved);
        longer.Check().ShouldBreach("secondments", SoundTown.Seconded, begun).Why.En.ShouldContain("E2");
        longer
            .Change(
                CaseCodec.Instance,
                town.Secondment,
                1,
                (CaseOpened it) => it with { Fields = [.. it.Fields, new Field("exception", "专项延期")] }
            )
            .Check()
            .Of("secondments")
            .Breaches.ShouldBe(0);
    }

    [Fact]
    public void Secondment_OtherDaysThanApproved_IsNamed()
    {
        var begun = town.History.LastOf(SoundTown.Seconded, SecondmentBegun.DurableName);
        town.History.Change(StaffRecord.Events, SoundTown.Seconded, begun, (SecondmentBegun it) => it with { Until = it.Until.AddDays(-1) })
            .Check()
            .ButNothingElse("secondments")
            .ShouldBreach("secondments", SoundTown.Seconded, begun)
            .Why.En.ShouldContain("E1");
    }

    [Fact]
    public void Secondment_OfACaseThatIsNotThere_IsNamed() =>
        Appended(new SecondmentBegun("YD00000099", "housing", new(2020, 1, 6), new(2020, 1, 10)), "secondments");

    [Fact]
    public void Secondment_OverAnother_IsNamed() =>
        Appended(new SecondmentBegun("YD00000099", "housing", new(2019, 5, 6), new(2019, 5, 10)), "secondments");

    [Fact]
    public void Secondment_WithinTheAgreement_IsNamed() =>
        Hired(it => it with { CivilServant = true, AgreementUntil = new(2019, 12, 31) }).ShouldContain("E4");

    [Fact]
    public void Secondment_WithinTwoYearsOfService_IsNamed() => Hired(it => it with { Since = new(2018, 4, 23) }).ShouldContain("E3");

    [Fact]
    public void Leave_OverASecondment_IsNamed() => Appended(new LeaveTaken(new(2019, 5, 6), new(2019, 5, 10)), "secondments");

    [Fact]
    public void Excellent_OneMoreThanTheShare_IsNamed()
    {
        // Ten are graded and two may be excellent: the third mark was refused, the fourth is competent.
        var round = SoundTown.Round;
        town.History.LastOf(round, AssessmentRefused.DurableName).ShouldBe(4);
        town.History.Change<AssessmentEvent, AssessmentRefused>(
                AssessmentRecord.Events,
                round,
                4,
                _ => new StaffMarked(SoundTown.Assessed[2], Grade.Excellent)
            )
            .Check()
            .ButNothingElse("excellent")
            .ShouldBreach("excellent", round, 4)
            .Why.En.ShouldContain("E7");
    }

    [Fact]
    public void Excellent_ByAnotherShare_IsNamed() =>
        town
            .History.Change(
                AssessmentRecord.Events,
                SoundTown.Round,
                1,
                (AssessmentOpened it) => it with { Terms = it.Terms with { Share = 0.5m } }
            )
            .Check()
            .ButNothingElse("excellent")
            .ShouldBreach("excellent", SoundTown.Round, 1);

    [Fact]
    public void Power_SuspendedTwice_IsNamed()
    {
        var (stream, last) = ("catalogue/yandian", town.History.LastOf("catalogue/yandian"));
        var suspended = (PowerAdjusted)CatalogueRecord.Events.Read(town.History.Records.Last(r => r.Stream == stream));
        town.History.Append(CatalogueRecord.Events, stream, suspended)
            .Check()
            .ButNothingElse("powers")
            .ShouldBreach("powers", stream, last + 1);
    }

    [Fact]
    public void Power_WithAnotherVersion_IsNamed()
    {
        var last = town.History.LastOf("catalogue/yandian");
        town.History.Change(
                CatalogueRecord.Events,
                "catalogue/yandian",
                last,
                (PowerAdjusted it) => it with { Entry = it.Entry with { Version = 7 } }
            )
            .Check()
            .ButNothingElse("powers")
            .ShouldBreach("powers", "catalogue/yandian", last);
    }

    /// <summary>Every approved administrative post is held.</summary>
    private History Full()
    {
        var history = town.History;
        var held = history
            .Records.Where(r => r.Stream == Posts)
            .Select(EstablishmentRecord.Events.Read)
            .Aggregate(EstablishmentState.Empty, EstablishmentRules.Apply);
        for (var n = held.HeldAdministrative; n < RealSeeds.Yandian.AdministrativePosts; n++)
        {
            history.Append(EstablishmentRecord.Events, Posts, new PostFilled($"X-{n}", PostClass.Administrative), Stamps.Personnel);
        }

        return history;
    }

    private string Holder(long version) =>
        ((PostFilled)EstablishmentRecord.Events.Read(town.History.Records.Single(r => r.Stream == Posts && r.Version == version))).Staff;

    private void Appended(StaffEvent happened, string check) =>
        town
            .History.Append(StaffRecord.Events, SoundTown.Seconded, happened, happened is LeaveTaken ? Stamps.Leader : null)
            .Check()
            .ButNothingElse(check)
            .ShouldBreach(check, SoundTown.Seconded, town.History.LastOf(SoundTown.Seconded) + 1);

    private string Hired(Func<StaffFacts, StaffFacts> change) =>
        town
            .History.Change(StaffRecord.Events, SoundTown.Seconded, 1, (StaffHired it) => it with { Particulars = change(it.Particulars) })
            .Check()
            .ShouldBreach("secondments", SoundTown.Seconded, 2)
            .Why.En;

    private History Lengthened(long begun, long approved)
    {
        var last = new DateOnly(2019, 12, 31);
        var asked = town
            .History.Records.Where(r => r.Stream == town.Secondment && r.Kind == ActTaken.Name)
            .Last(r => CaseCodec.Instance.Read(r) is ActTaken { Act: "ask-extension" })
            .Version;
        return town
            .History.Change(StaffRecord.Events, SoundTown.Seconded, begun, (SecondmentBegun it) => it with { Until = last })
            .Change(
                CaseCodec.Instance,
                town.Secondment,
                asked,
                (ActTaken it) => it with { Fields = [new Field("extended-until", $"{last:O}")] }
            )
            .Change(CaseCodec.Instance, town.Secondment, approved, (ActTaken it) => it with { Fields = [new Field("until", $"{last:O}")] });
    }
}
