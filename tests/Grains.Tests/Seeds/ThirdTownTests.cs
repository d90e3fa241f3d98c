using TownReform.Grains.Seeds;

namespace TownReform.Grains.Tests.Seeds;

public sealed class ThirdTownTests : IDisposable
{
    private readonly SeedCopy seeds = new();

    public void Dispose() => seeds.Dispose();

    [Fact]
    public void Load_ThirdTownOfCopiedFiles_NeedsNoCode()
    {
        Add("QX");
        var library = seeds.Load();
        library.Towns.Keys.ShouldBe(["guyun", "qixian", "yandian"], ignoreOrder: true);
        library.Towns["qixian"].Staff[0].Id.ShouldBe("QX-001");
        library.Towns["qixian"].OrganFor("service").Code.ShouldBe("government-service");
        CatalogueCheck.Of(library.Towns["qixian"]).ToString().ShouldBe("128 = 35/91/1/1");
    }

    [Fact]
    public void Load_ThirdTownWithThePrefixOfAnother_IsAFault()
    {
        Add("YD");
        seeds.Faults().ShouldHaveSingleItem().Field.ShouldBe("prefix");
    }

    [Theory]
    [InlineData("Q", false)]
    [InlineData("QX", true)]
    [InlineData("YDX", true)]
    [InlineData("QXAB", true)]
    [InlineData("QXABC", false)]
    public void Load_PrefixOfSoManyLetters_IsTwoToFour(string prefix, bool accepted)
    {
        Add(prefix);
        if (accepted)
        {
            seeds.Load().Towns["qixian"].Prefix.ShouldBe(prefix);
        }
        else
        {
            seeds.Faults().ShouldContain(f => f.Field == "prefix");
        }
    }

    [Fact]
    public void Load_NoTownAtAll_IsAFault()
    {
        seeds.Delete(SeedCopy.Yandian);
        seeds.Delete(SeedCopy.Guyun);
        seeds.HasOneFault("towns", 0, "file");
    }

    [Fact]
    public void Load_SecondTownOfACountyUnderOtherDepartments_HasItsOwnAndTheCountyHasAll()
    {
        Add("QX");
        seeds.Replace(
            SeedCopy.Linqing,
            "departments:\n",
            "departments:\n  - {code: tourism, name: {zh: 临清市旅游局, en: Linqing Tourism Bureau}, level: county}\n"
        );
        seeds.Replace(
            SeedCopy.Linqing,
            "people:\n",
            "people:\n  - {id: tourism-1, name: {zh: 王五, en: Wang Wu}, office: tourism, since: 2016-01-04}\n"
        );
        seeds.Replace(Third, "province-organisation]", "province-organisation, tourism]");
        var library = seeds.Load();
        library.Towns["qixian"].CountyDepartments.ShouldContain(d => d.Code == "tourism");
        library.Towns["yandian"].CountyDepartments.ShouldNotContain(d => d.Code == "tourism");
        library.Counties["linqing"].Department("tourism")!.People.ShouldHaveSingleItem().Id.ShouldBe("tourism-1");
        library.Towns["qixian"].County.ShouldBeSameAs(library.Towns["yandian"].County);
    }

    [Fact]
    public void Load_TwoTownsOfACountyWithTheSameWordsBeforeNumbers_IsAFaultThatNamesBothLines()
    {
        Add("QX");
        var line = seeds.Replace(Third, "祁县行许", "烟行许");
        var fault = seeds.Faults().ShouldHaveSingleItem();
        (fault.File, fault.Line, fault.Field).ShouldBe(
            (SeedCopy.Yandian, LineOf(SeedCopy.Yandian, "烟行许"), "seal.certificate_prefixes.permit"),
            fault.ToString()
        );
        fault.Found!.ShouldContain($"{Third}:{line}");
    }

    private const string Third = "towns/qixian.yaml";

    private int LineOf(string path, string text) => seeds.Read(path).Split(text)[0].Count(c => c == '\n') + 1;

    private void Add(string prefix) => seeds.AddTown("qixian", prefix);
}
