namespace TownReform.Grains.Tests.Seeds;

public sealed class CountyFaultTests : IDisposable
{
    private readonly SeedCopy seeds = new();

    public void Dispose() => seeds.Dispose();

    [Theory]
    [InlineData("time_zone: Asia/Shanghai", "time_zone: Asia/Atlantis", "time_zone")]
    [InlineData("code: linqing", "code: linqin", "code")]
    [InlineData("level: province", "level: empire", "departments")]
    [InlineData("id: water-1,", "id: housing-1,", "people.id")]
    [InlineData("{code: water, ", "{code: housing, ", "departments.code")]
    [InlineData("office: water,", "office: waters,", "people.office")]
    [InlineData("office: water, since: ", "office: water, until: 1999-12-31, since: ", "people.until")]
    [InlineData("office: water, since: ", "office: water, roles: [boss], since: ", "people")]
    public void Load_WrongValue_NamesFileLineAndField(string old, string @new, string field)
    {
        var line = seeds.Replace(SeedCopy.Linqing, old, @new);
        seeds
            .Faults()
            .ShouldContain(f => f.File == SeedCopy.Linqing && f.Line == line && f.Field.StartsWith(field, StringComparison.Ordinal));
    }

    [Fact]
    public void Load_DepartmentWithoutPeople_IsAFault()
    {
        seeds.Replace(SeedCopy.Linqing, "office: water,", "office: housing,");
        seeds.Faults().ShouldContain(f => f.File == SeedCopy.Linqing && f.Field == "departments.code");
    }

    [Fact]
    public void Load_DutyNobodyCarriesForTheTown_IsAFaultOfTheTown()
    {
        seeds.Replace(SeedCopy.Linqing, ", duties: [organisation]", "");
        seeds.Faults().ShouldContain(f => f.File == SeedCopy.Yandian && f.Field == "county_departments" && f.Line > 0);
    }

    [Fact]
    public void Load_Person_IsKnownByNameOfficeAndDays()
    {
        seeds.Replace(SeedCopy.Linqing, "office: water, since: ", "office: water, until: 2020-06-30, since: ");
        var person = seeds.Load().Counties["linqing"].Departments.SelectMany(d => d.People).Single(p => p.Id == "water-1");
        (person.Office, person.Name.Zh.Length >= 2).ShouldBe(("water", true));
        person.IsInOffice(person.Since).ShouldBeTrue();
        person.IsInOffice(person.Since.AddDays(-1)).ShouldBeFalse();
        person.IsInOffice(new(2020, 6, 30)).ShouldBeTrue();
        person.IsInOffice(new(2020, 7, 1)).ShouldBeFalse();
    }

    [Fact]
    public void Load_NoFileOfTheCounty_IsAFaultOfTheTown()
    {
        seeds.Delete(SeedCopy.Linqing);
        seeds.Faults().ShouldContain(f => f.File == SeedCopy.Yandian && f.Field == "county" && f.Line > 0);
    }

    [Fact]
    public void Load_EarlierEditionOfAPlan_IsTheSameTown()
    {
        var plan = seeds.Load().Towns["yandian"];
        plan.IsEdition(plan.Hash).ShouldBeTrue();
        plan.IsEdition("7c0ebd1f65b07db6e98c92c664ffcb91339bb99ca0b9d8e3b64efe5b51a16686").ShouldBeTrue();
        plan.IsEdition(new string('0', 64)).ShouldBeFalse();
    }
}
