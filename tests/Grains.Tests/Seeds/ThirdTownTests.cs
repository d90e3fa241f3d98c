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

    private void Add(string prefix)
    {
        seeds.Write("towns/qixian.yaml", seeds.Read(SeedCopy.Yandian));
        seeds.Replace("towns/qixian.yaml", "code: yandian", "code: qixian");
        seeds.Replace("towns/qixian.yaml", "prefix: YD", $"prefix: {prefix}");
        seeds.Write("catalogues/qixian.csv", seeds.Read(SeedCopy.YandianItems));
        seeds.Write("catalogues/qixian-retained.csv", seeds.Read("catalogues/yandian-retained.csv"));
    }
}
