namespace TownReform.Grains.Tests.Seeds;

public sealed class CatalogueFaultTests : IDisposable
{
    private readonly SeedCopy seeds = new();

    public void Dispose() => seeds.Dispose();

    [Fact]
    public void Load_OneItemTooFew_IsAFault()
    {
        seeds.RemoveRow(SeedCopy.YandianItems, "YD-CF-004");
        seeds.HasOneFault(SeedCopy.YandianItems, 0, "kind");
    }

    [Fact]
    public void Load_OneItemTooMany_IsAFault()
    {
        seeds.RepeatRow(SeedCopy.YandianItems, "YD-CF-004", "YD-CF-999");
        seeds.HasOneFault(SeedCopy.YandianItems, 0, "kind");
    }

    [Fact]
    public void Load_TotalKeptButKindsShifted_IsAFault()
    {
        seeds.RemoveRow(SeedCopy.YandianItems, "YD-CF-004");
        seeds.RepeatRow(SeedCopy.YandianItems, "YD-XK-001", "YD-XK-999");
        var fault = seeds.Faults().ShouldHaveSingleItem();
        (fault.File, fault.Found).ShouldBe((SeedCopy.YandianItems, "128 = 36/90/1/1"));
    }

    [Theory]
    [InlineData("kind", "licence")]
    [InlineData("field", "space")]
    [InlineData("county_department", "astronomy")]
    [InlineData("bureau", "astronomy-bureau")]
    [InlineData("name_zh", "")]
    [InlineData("legal_basis", "")]
    [InlineData("papers_zh", "")]
    [InlineData("statutory_limit", "20")]
    [InlineData("statutory_limit", "0wd")]
    [InlineData("promised_limit", "3 days")]
    [InlineData("fee", "-1")]
    [InlineData("bands", "minor:0-1@0-3;ordinary:1-2@0-3;serious:2-3@0-3")]
    [InlineData("certificates", "approval")]
    [InlineData("certificates", "approval:0")]
    [InlineData("certificates", "approval:1;approval:1")]
    [InlineData("certificates", "flying:1")]
    [InlineData("equipment", "telescope")]
    [InlineData("in_flight", "drop")]
    [InlineData("provenance", "")]
    public void Load_WrongCellOfAPermit_NamesFileLineAndField(string column, string value)
    {
        var line = seeds.SetCell(SeedCopy.YandianItems, "YD-XK-001", column, value);
        seeds
            .Faults()
            .ShouldContain(f =>
                f.File == SeedCopy.YandianItems && f.Line == line && f.Field.StartsWith(column.Split('_')[0], StringComparison.Ordinal)
            );
    }

    [Theory]
    [InlineData("")]
    [InlineData("minor:0-100@0-300;ordinary:100-200@0-300")]
    [InlineData("ordinary:0-100@0-300;minor:100-200@0-300;serious:200-300@0-300")]
    [InlineData("minor:0-100@0-300;ordinary:99-200@0-300;serious:200-300@0-300")]
    [InlineData("minor:100-0@0-300;ordinary:100-200@0-300;serious:200-300@0-300")]
    [InlineData("minor:a-b@0-300;ordinary:100-200@0-300;serious:200-300@0-300")]
    [InlineData("minor:0-100@a-b;ordinary:100-200@0-300;serious:200-300@0-300")]
    [InlineData("minor:0-100;ordinary:100-200;serious:200-300")]
    [InlineData("minor:0-100@0.01-300;ordinary:100-200@0-300;serious:200-300@0-300")]
    [InlineData("minor:0-100@0-300;ordinary:100-200@0-300;serious:200-300@0-299.99")]
    public void Load_BandsOutOfOrder_AreAFault(string bands)
    {
        var line = seeds.SetCell(SeedCopy.YandianItems, "YD-CF-004", "bands", bands);
        seeds.HasOneFault(SeedCopy.YandianItems, line, "bands");
    }

    [Theory]
    [InlineData("minor:0-0@0-300;ordinary:100-200@0-300;serious:200-300@0-300")]
    [InlineData("minor:0-100@0-500;ordinary:100-200@50-500;serious:200-300@200-300")]
    public void Load_BandsThatTouchOrWarn_Load(string bands)
    {
        seeds.SetCell(SeedCopy.YandianItems, "YD-CF-004", "bands", bands);
        seeds.Load().Towns["yandian"].Items["YD-CF-004"].Bands.Length.ShouldBe(3);
    }

    [Theory]
    [InlineData("20wd", "20wd", true)]
    [InlineData("20wd", "21wd", false)]
    [InlineData("20wd", "20cd", true)]
    [InlineData("90cd", "1wd", false)]
    public void Load_PromiseAgainstStatute_IsNeverLonger(string statutory, string promised, bool loads)
    {
        seeds.SetCell(SeedCopy.YandianItems, "YD-XK-001", "statutory_limit", statutory);
        var line = seeds.SetCell(SeedCopy.YandianItems, "YD-XK-001", "promised_limit", promised);
        if (loads)
        {
            seeds.Load().Towns["yandian"].Items["YD-XK-001"].Promised.ToString().ShouldBe(promised);
        }
        else
        {
            seeds.HasOneFault(SeedCopy.YandianItems, line, "promised_limit");
        }
    }

    [Fact]
    public void Load_PapersOfUnequalCount_AreAFault()
    {
        var line = seeds.SetCell(SeedCopy.YandianItems, "YD-XK-001", "papers_en", "One");
        seeds.HasOneFault(SeedCopy.YandianItems, line, "papers_en");
    }

    [Theory]
    [InlineData("")]
    [InlineData("SD-XK-999")]
    [InlineData("SD-CF-001")]
    public void Load_ItemOfABoundTownWithoutGuidance_IsAFault(string guidance)
    {
        var line = seeds.SetCell(SeedCopy.GuyunItems, "GY-XK-001", "guidance", guidance);
        seeds.HasOneFault(SeedCopy.GuyunItems, line, "guidance");
    }

    [Fact]
    public void Load_ItemOfAnUnboundTownWithoutGuidance_Loads()
    {
        seeds.SetCell(SeedCopy.YandianItems, "YD-XK-001", "guidance", "");
        seeds.Load().Towns["yandian"].Items["YD-XK-001"].Guidance.ShouldBeNull();
    }

    [Fact]
    public void Load_CodeTwice_IsAFaultAtTheSecond()
    {
        seeds.RemoveRow(SeedCopy.YandianItems, "YD-CF-004");
        seeds.RepeatRow(SeedCopy.YandianItems, "YD-CF-006", "YD-CF-006");
        seeds.HasOneFault(SeedCopy.YandianItems, 129, "code");
    }

    [Fact]
    public void Load_ColumnUnknownOrMissing_NamesBoth()
    {
        seeds.Replace(SeedCopy.YandianItems, ",fee,", ",price,");
        var faults = seeds.Faults().Where(f => f is { File: SeedCopy.YandianItems, Line: 1 }).Select(f => f.Field);
        faults.ShouldBe(["fee", "price"], ignoreOrder: true);
    }

    [Fact]
    public void Load_RowWithTooFewCells_NamesItsLine()
    {
        seeds.Write(SeedCopy.YandianItems, seeds.Read(SeedCopy.YandianItems) + "YD-CF-999,short\n");
        seeds.HasOneFault(SeedCopy.YandianItems, 130, "row");
    }

    [Fact]
    public void Load_CatalogueMissing_NamesTheFile()
    {
        seeds.Delete("catalogues/yandian-retained.csv");
        seeds.HasOneFault("catalogues/yandian-retained.csv", 0, "file");
    }
}
