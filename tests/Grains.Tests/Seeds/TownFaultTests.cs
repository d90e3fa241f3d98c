using System.Text;
using TownReform.Grains.Seeds.Reading;
using TownReform.Tests.Fixtures;

namespace TownReform.Grains.Tests.Seeds;

[ShowsClause("D1", "D2", "A1")]
public sealed class TownFaultTests : IDisposable
{
    private const string FirstGroup = "{first: 1, count: 2, organ: party-government-office";

    private readonly SeedCopy seeds = new();

    public void Dispose() => seeds.Dispose();

    [Theory]
    [InlineData("green_channel: false", "green_chanel: false", "policy.green_chanel")]
    [InlineData("green_channel: false", "green_channel: 'false'", "policy.green_channel")]
    [InlineData("green_channel: false", "green_channel: no", "policy.green_channel")]
    [InlineData("excellent_share: 0.20", "excellent_share: 1.01", "policy.excellent_share")]
    [InlineData("minimum_years: 2", "minimum_years: two", "policy.secondment.minimum_years")]
    [InlineData("ban_levels: [county]", "ban_levels: county", "policy.secondment.ban_levels")]
    [InlineData("plan_date: 2019-04-09", "plan_date: 2019-02-30", "plan_date")]
    [InlineData("prefix: YD", "prefix: yd", "prefix")]
    [InlineData("total: 128", "total: 129", "powers.total")]
    [InlineData("base: fixed-year, year: 2015", "base: fixed-year", "policy.rebate.year")]
    [InlineData("code: yandian", "code: yantai", "code")]
    [InlineData("department: transport", "department: transportation", "stationed.department")]
    [InlineData("works_in: enforcement", "works_in: enforcers", "stationed.works_in")]
    [InlineData("organ: social-affairs", "organ: social-affair", "staffing.organ")]
    [InlineData("since: 2018-07-02", "since: 2019-04-10", "staffing.since")]
    [InlineData("probation_until: 2019-07-31", "probation_until: 2018-07-31", "staffing.probation_until")]
    [InlineData("first: 3, count: 1", "first: 2, count: 1", "staffing.first")]
    [InlineData("duties: [service]", "duties: [service, legal]", "organs.duties")]
    [InlineData("county: linqing", "county: linqin", "county")]
    [InlineData("development-reform, industry-it", "development, industry-it", "county_departments")]
    [InlineData("development-reform, industry-it", "industry-it, industry-it", "county_departments")]
    [InlineData("editions: [7c0e", "editions: [", "editions")]
    [InlineData("payment: 烟行给", "gift: 烟行给", "seal.certificate_prefixes")]
    public void Load_WrongValue_NamesFileLineAndField(string old, string @new, string field)
    {
        var line = seeds.Replace(SeedCopy.Yandian, old, @new);
        seeds
            .Faults()
            .ShouldContain(f => f.File == SeedCopy.Yandian && f.Line == line && f.Field.StartsWith(field, StringComparison.Ordinal));
    }

    [Fact]
    public void Load_KeyMissing_IsNamed()
    {
        seeds.Replace(SeedCopy.Yandian, "  year_end_bonus: false\n", "");
        seeds.Faults().ShouldHaveSingleItem().Field.ShouldBe("policy.year_end_bonus");
    }

    [Fact]
    public void Load_KeyTwice_IsAFault()
    {
        var line = seeds.Replace(SeedCopy.Yandian, "prefix: YD\n", "prefix: YD\nprefix: YD\n");
        seeds.HasOneFault(SeedCopy.Yandian, line + 1, "document");
    }

    [Fact]
    public void Load_BrokenYaml_IsAFault()
    {
        seeds.Write(SeedCopy.Yandian, "code: [yandian\n");
        seeds.Faults().ShouldContain(f => f.File == SeedCopy.Yandian && f.Field == "document");
    }

    [Theory]
    [InlineData("duties: [legal-advice]")]
    [InlineData("")]
    public void Load_DutyNobodyCarries_IsAFault(string duties)
    {
        seeds.Replace(SeedCopy.Yandian, "    duties: [service]\n", duties.Length > 0 ? $"    {duties}\n" : "");
        seeds.Faults().ShouldHaveSingleItem().Field.ShouldBe("organs.duties");
    }

    [Theory]
    [InlineData("institution", "administrative")]
    [InlineData("administrative", "institution")]
    public void Load_OrganOfTheOtherClass_IsTwoFaults(string one, string other)
    {
        // 9 + 5 or 7 + 7 organs instead of 8 + 6 (D1).
        seeds.Replace(SeedCopy.Yandian, $"class: {one}\n", $"class: {other}\n");
        seeds.Faults().Select(f => f.Field).ShouldBe(["organs", "organs"]);
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, true)]
    [InlineData(7, false)]
    public void Load_PeopleAroundTheApprovedPosts_NeverOver(int more, bool loads)
    {
        // 46 of Yandian's 50 administrative posts are filled, two of them by the group that grows (D2).
        seeds.Replace(
            SeedCopy.Yandian,
            FirstGroup,
            FirstGroup.Replace("first: 1, count: 2", $"first: 901, count: {more}", StringComparison.Ordinal)
        );
        if (loads)
        {
            seeds.Load().Towns["yandian"].Staff.Count(p => p.Class == PostClass.Administrative).ShouldBe(44 + more);
        }
        else
        {
            seeds.Faults().ShouldHaveSingleItem().Field.ShouldBe("staffing");
        }
    }

    [Fact]
    public void Load_CivilServantOnAnInstitutionPost_IsAFault()
    {
        var line = seeds.Replace(
            SeedCopy.Yandian,
            "class: institution, civil_servant: false, roles: [legal]",
            "class: institution, civil_servant: true, roles: [legal]"
        );
        seeds.HasOneFault(SeedCopy.Yandian, line, "staffing.class");
    }

    [Fact]
    public void Load_FaultsInManyFiles_ShowsThemAll()
    {
        seeds.Replace(SeedCopy.Yandian, "green_channel: false", "green_chanel: false");
        seeds.SetCell(SeedCopy.YandianItems, "YD-XK-001", "fee", "much");
        seeds.SetCell(SeedCopy.GuyunItems, "GY-XK-001", "field", "space");
        seeds.Replace("law/licensing.yaml", "value: 20", "value: twenty");
        seeds.Replace("calendar/china.csv", "2018-01-01,holiday", "2018-01-01,party");
        seeds
            .Faults()
            .Select(f => f.File)
            .Distinct()
            .ShouldBe(
                ["calendar/china.csv", SeedCopy.GuyunItems, SeedCopy.YandianItems, "law/licensing.yaml", SeedCopy.Yandian],
                ignoreOrder: true
            );
    }

    [Fact]
    public void Load_OtherLineEndsAndByteOrderMark_IsTheSamePlan()
    {
        var hash = seeds.Load().Towns["yandian"].Hash;
        File.WriteAllText(
            Path.Combine(seeds.Folder, SeedCopy.Yandian),
            seeds.Read(SeedCopy.Yandian).ReplaceLineEndings("\r\n"),
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)
        );
        seeds.Load().Towns["yandian"].Hash.ShouldBe(hash);
    }

    [Fact]
    public void Load_OneCellOfTheCatalogueChanged_IsAnotherPlan()
    {
        var before = seeds.Load().Towns;
        seeds.SetCell(SeedCopy.YandianItems, "YD-XK-001", "promised_limit", "6wd");
        var after = seeds.Load().Towns;
        after["yandian"].Hash.ShouldNotBe(before["yandian"].Hash);
        after["guyun"].Hash.ShouldBe(before["guyun"].Hash);
        after["guyun"].Hash.ShouldMatch("^[0-9a-f]{64}$");
    }

    [Fact]
    public void Load_NotUtf8_IsAFault()
    {
        File.WriteAllBytes(Path.Combine(seeds.Folder, SeedCopy.Yandian), [0x63, 0xFF, 0xFE]);
        seeds.Faults().ShouldHaveSingleItem().Field.ShouldBe("file");
    }

    [Fact]
    public void Fault_Written_HasFileLineFieldExpectedAndFound() =>
        new SeedFault("towns/a.yaml", 3, "prefix", "two letters", "'a'")
            .ToString()
            .ShouldBe("towns/a.yaml:3: prefix: expected two letters, found 'a'");
}
