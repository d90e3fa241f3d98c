using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds;

namespace TownReform.Grains.Tests.Seeds;

public sealed class RealSeedsTests
{
    private static readonly SeedLibrary Library = SeedLoader.Load(SeedCopy.Original);

    private static TownPlan Yandian => Library.Towns["yandian"];

    private static TownPlan Guyun => Library.Towns["guyun"];

    public static TheoryData<string> Towns => ["yandian", "guyun"];

    [Theory]
    [InlineData("yandian", "128 = 35/91/1/1")]
    [InlineData("guyun", "100 = 32/64/2/2")]
    public void Catalogue_OfTheTown_HasTheNumbersOfItsPlan(string town, string counted)
    {
        var report = CatalogueCheck.Of(Library.Towns[town]);
        report.ToString().ShouldBe(counted);
        report.Fields.Length.ShouldBe(7);
        report.Fields.ShouldAllBe(field => field.Items > 0);
        report.Fields.Sum(field => field.Items).ShouldBe(report.Total);
        report.Fields.Sum(field => field.Kinds.Sum(kind => kind.Items)).ShouldBe(report.Total);
        report.Retained.ShouldBe(6);
    }

    [Theory]
    [InlineData("yandian", 50, 65)]
    [InlineData("guyun", 45, 65)]
    public void Plan_OfTheTown_HasItsOrgansAndPosts(string town, int administrative, int institution)
    {
        var plan = Library.Towns[town];
        plan.Organs.Count(o => o.Class == PostClass.Administrative).ShouldBe(8);
        plan.Organs.Count(o => o.Class == PostClass.Institution).ShouldBe(6);
        (plan.AdministrativePosts, plan.InstitutionPosts).ShouldBe((administrative, institution));
        plan.Staff.Count(p => p.Class == PostClass.Administrative).ShouldBeInRange(administrative * 9 / 10, administrative);
        plan.Staff.Count(p => p.Class == PostClass.Institution).ShouldBeInRange(institution * 9 / 10, institution);
    }

    [Fact]
    public void Organs_OfBothTowns_HangThePlatesOfTheirPlans()
    {
        Plates(Yandian, "economic-development").ShouldBe(["农业农村办公室", "生态环境办公室"]);
        Plates(Yandian, "convenience-service-centre").ShouldBe(["党群服务中心"]);
        Plates(Yandian, "finance-economy-centre").ShouldBe(["审计统计服务中心"]);
        Plates(Yandian, "social-security-centre").ShouldBe(["退役军人服务中心"]);
        Plates(Guyun, "government-service").ShouldBe(["社会事务发展局"]);
        Plates(Guyun, "economic-development").ShouldBe(["生态环境办公室"]);
        Plates(Guyun, "convenience-service-centre").ShouldBe(["党群服务中心"]);
        Yandian.Organs.Sum(o => o.Plates.Length).ShouldBe(5);
        Guyun.Organs.Sum(o => o.Plates.Length).ShouldBe(3);
    }

    [Theory]
    [MemberData(nameof(Towns))]
    public void Items_OfTheTown_FindPeopleAndEquipment(string town)
    {
        // A5: what the catalogue asks of a bureau, the bureau has on the day of the plan.
        var plan = Library.Towns[town];
        foreach (var item in plan.Items.Values.Where(i => !i.Retained))
        {
            var people = plan.Staff.Concat(plan.StationedStaff).Where(p => p.Organ == item.Bureau).ToArray();
            item.Certificates.ShouldAllBe(
                need =>
                    people.Count(p => p.Certificates.Any(c => c.Code == need.Certificate && c.ValidUntil >= plan.PlanDate)) >= need.People,
                item.Code
            );
            item.Equipment.Except(plan.Organs.Single(o => o.Code == item.Bureau).Equipment).ShouldBeEmpty(item.Code);
        }
    }

    [Theory]
    [MemberData(nameof(Towns))]
    public void Staff_OfTheTown_CarryTheRolesOfProcedures(string town)
    {
        var plan = Library.Towns[town];
        People(plan, "service", "window").ShouldBe(6);
        People(plan, "service", "reviewer").ShouldBe(5);
        People(plan, "service", "decider").ShouldBe(3);
        People(plan, "enforcement", "officer").ShouldBe(17);
        People(plan, "enforcement", "summary").ShouldBe(2);
        People(plan, "legal", "legal").ShouldBe(3);
        People(plan, "finance", "collector").ShouldBe(3);
        plan.OrganFor("finance").Code.ShouldNotBe(plan.OrganFor("enforcement").Code);
        plan.Staff.Where(p => p.Organ == "enforcement").ShouldAllBe(p => p.Certificates.Any(c => c.Code == "enforcement"));
        plan.Organs.ShouldAllBe(o => plan.Staff.Any(p => p.Organ == o.Code && p.Roles.Contains("head")));
    }

    [Theory]
    [MemberData(nameof(Towns))]
    public void Staff_OfTheTown_HaveIdsOfTheirOwn(string town)
    {
        var plan = Library.Towns[town];
        plan.Staff.Concat(plan.StationedStaff).Select(p => p.Id).ShouldBeUnique();
        plan.Staff[0].Id.ShouldBe($"{plan.Prefix}-001");
        plan.StationedStaff[0].Id.ShouldBe($"{plan.Prefix}-S01");
        plan.StationedStaff.Length.ShouldBe(plan.Stationed.Sum(body => body.Officers));
    }

    [Theory]
    [MemberData(nameof(Towns))]
    public void Staff_OfTheTown_IncludeTheCasesOfSecondmentRules(string town)
    {
        var plan = Library.Towns[town];
        var twoYearsAgo = plan.PlanDate.AddYears(-2);
        plan.Staff.ShouldContain(p => p.Since > twoYearsAgo && p.AgreementUntil == null);
        plan.Staff.ShouldContain(p => p.Since < twoYearsAgo && p.AgreementUntil > plan.PlanDate && p.CivilServant);
        plan.Staff.ShouldContain(p => p.ProbationUntil > plan.PlanDate);
    }

    [Fact]
    public void Policy_OfBothTowns_DiffersAsThePlansDo()
    {
        Yandian.Policy.SecondmentBanLevels.ShouldBe([GovernmentLevel.County]);
        Guyun.Policy.SecondmentBanLevels.ShouldBe(
            [GovernmentLevel.County, GovernmentLevel.City, GovernmentLevel.Province],
            ignoreOrder: true
        );
        Both(p => p.SecondmentMinimumYears).ShouldBe((2, 2));
        Both(p => p.SecondmentMonths).ShouldBe((6, 6));
        Both(p => p.ExcellentShare).ShouldBe((0.20m, 0.20m));
        Both(p => p.ExtraSealBySpecialCircumstance).ShouldBe((true, false));
        Both(p => p.GreenChannel).ShouldBe((false, true));
        Both(p => p.RebateBase).ShouldBe((RebateBase.FixedYear, RebateBase.LastYear));
        Both(p => p.RebateBaseYear).ShouldBe((2015, null));
        Both(p => p.YearEndBonus).ShouldBe((false, true));
        Both(p => p.LeaveCompensation).ShouldBe((false, true));
        Both(p => p.SatisfactionWeight > 0).ShouldBe((false, true));
        Both(p => p.WrittenAppointmentOpinion).ShouldBe((true, false));
        Both(p => p.ContractProfessions.Count).ShouldBe((2, 0));
        Both(p => p.RentedHomeCounts).ShouldBe((true, false));
        Guyun.Policy.NonTaxShare.ShouldBe(1m);
        (Yandian.Guidance is null, Guyun.Guidance is null).ShouldBe((true, false));
        Yandian.SealText.Zh.ShouldBe("烟店镇人民政府扩权强镇行政审批专用章");
    }

    [Fact]
    public void Calendar_OfChina_CoversTheYears2018To2027() =>
        (Library.Calendar.FirstDay, Library.Calendar.LastDay).ShouldBe((new DateOnly(2018, 1, 1), new DateOnly(2027, 12, 31)));

    [Fact]
    public void Law_Loaded_HasTheFiguresWithTheirArticles()
    {
        var (before, since) = (Library.Law.On(new(2021, 7, 14)), Library.Law.On(new(2021, 7, 15)));
        before.Days("licensing.decide.days").ShouldBe(20);
        (before.Find("penalty.decide.days"), since.Days("penalty.decide.days")).ShouldBe((null, 90));
        (before[LawNames.PenaltyLate], since[LawNames.PenaltyLate]).ShouldBe((0.03m, 0.03m));
        (before[LawNames.PenaltySummaryOrganisation], since[LawNames.PenaltySummaryOrganisation]).ShouldBe((1000m, 3000m));
        (before.Figure(LawNames.PenaltySummaryPerson).Article, since.Figure(LawNames.PenaltySummaryPerson).Article).ShouldBe(
            ("行政处罚法(2017) §33", "行政处罚法(2021) §51")
        );
        (before.Figure(LawNames.PenaltyLateCap).Article, since.Figure(LawNames.PenaltyLateCap).Article).ShouldBe(
            ("行政强制法(2011) §45", "行政处罚法(2021) §72")
        );
        Library.Law[LawNames.PenaltyLateCap, new(2011, 12, 31)].ShouldBeNull();
        Library.Law.On(new(1990, 1, 1)).Figure(LawNames.PenaltyPay).Article.ShouldBe("行政处罚法(1996) §46");
    }

    [Fact]
    public void Procedures_OfBothTowns_CoverEveryKind() =>
        Library.Procedures.Values.SelectMany(p => p.Kinds).Distinct().ShouldBe(Subject.AllKinds, ignoreOrder: true);

    private static int People(TownPlan plan, string duty, string role) =>
        plan.Staff.Count(p => p.Organ == plan.OrganFor(duty).Code && p.Roles.Contains(role));

    private static IEnumerable<string> Plates(TownPlan plan, string organ) =>
        plan.Organs.Single(o => o.Code == organ).Plates.Select(p => p.Zh);

    private static (T Yandian, T Guyun) Both<T>(Func<TownPolicy, T> ask) => (ask(Yandian.Policy), ask(Guyun.Policy));
}
