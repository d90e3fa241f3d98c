using TownReform.Grains.Rules;
using TownReform.Grains.Seeds;
using TownReform.Grains.Seeds.Reading;

namespace TownReform.Grains.Tests.Seeds;

/// <summary>What a law file must not be: each fault with its file and line.</summary>
public sealed class LawFaultTests : IDisposable
{
    private const string Penalty = "law/penalty.yaml";
    private const string Licensing = "law/licensing.yaml";
    private const string Items = SeedCopy.YandianItems;
    private const string Versions = "catalogues/yandian-versions.csv";

    private readonly SeedCopy seeds = new();

    public void Dispose() => seeds.Dispose();

    [Theory]
    [InlineData(
        "- {from: 2021-07-15, value: 200, unit: yuan",
        "- {from: 1996-10-01, value: 200, unit: yuan",
        "figures.penalty.summary-person.yuan.versions[1].from",
        "overlap"
    )]
    [InlineData(
        "- {from: 2021-07-15, value: 200, unit: yuan",
        "- {from: 1996-09-30, value: 200, unit: yuan",
        "figures.penalty.summary-person.yuan.versions[1].from",
        "order"
    )]
    [InlineData(
        "- {from: 1996-10-01, value: 50, unit: yuan",
        "- {from: 2009-08-27, value: 50, unit: yuan",
        "figures.penalty.summary-person.yuan.versions[0].from",
        "gap"
    )]
    [InlineData(
        "- {from: 1996-10-01, value: 50, unit: yuan",
        "- {from: 1990-10-01, value: 50, unit: yuan",
        "figures.penalty.summary-person.yuan.versions[0].from",
        "first text"
    )]
    [InlineData(
        "value: 50, unit: yuan",
        "until: 2021-07-13, value: 50, unit: yuan",
        "figures.penalty.summary-person.yuan.versions[0].until",
        "gap"
    )]
    [InlineData(
        "value: 50, unit: yuan",
        "until: 2021-07-15, value: 50, unit: yuan",
        "figures.penalty.summary-person.yuan.versions[0].until",
        "overlap"
    )]
    [InlineData(
        "value: 200, unit: yuan",
        "until: 2025-12-31, value: 200, unit: yuan",
        "figures.penalty.summary-person.yuan.versions[1].until",
        "gap"
    )]
    [InlineData(
        "value: 50, unit: yuan",
        "value: 50, unit: fraction",
        "figures.penalty.summary-person.yuan.versions[0].unit",
        "name ends with"
    )]
    [InlineData("value: 50, unit: yuan", "value: 50, unit: dollars", "figures.penalty.summary-person.yuan.versions[0].unit", "one of")]
    [InlineData("value: 50, unit: yuan", "value: 50", "figures.penalty.summary-person.yuan.versions[0].unit", "unit of the value")]
    [InlineData(
        "value: 50, unit: yuan",
        "value: 50.001, unit: yuan",
        "figures.penalty.summary-person.yuan.versions[0].value",
        "two decimals"
    )]
    [InlineData(
        "value: 50, unit: yuan, article: §33",
        "value: none, article: §33",
        "figures.penalty.summary-person.yuan.versions[0].value",
        "can't do without"
    )]
    [InlineData("value: 50, unit: yuan", "value: fifty, unit: yuan", "figures.penalty.summary-person.yuan.versions[0].value", "none")]
    [InlineData(
        "value: none, article: §29",
        "value: none, unit: years, article: §29",
        "figures.penalty.limitation-grave.years.versions[0].unit",
        "no unit"
    )]
    [InlineData(
        "value: 0.03, unit: fraction, article: §51",
        "value: 1.03, unit: fraction, article: §51",
        "figures.penalty.late.fraction.versions[0].value",
        "0 to 1"
    )]
    [InlineData(
        "value: 15, unit: calendar-days, article: §46",
        "value: 1.5, unit: calendar-days, article: §46",
        "figures.penalty.pay.days.versions[0].value",
        "whole"
    )]
    [InlineData(
        "value: 1, unit: rule, article: §16",
        "value: 2, unit: rule, article: §16",
        "figures.penalty.town-power.rule.versions[0].value",
        "such a rule"
    )]
    [InlineData("  - from: 2009-08-27", "  - from: 1996-10-01", "texts[1].from", "overlap")]
    [InlineData("  - from: 1996-10-01", "  - from: 2018-01-02", "texts[1].from", "order")]
    public void Load_BrokenVersion_NamesFileLineAndWhatIsWrong(string old, string @new, string field, string why)
    {
        seeds.Replace(Penalty, old, @new);
        var line = Line(
            Penalty,
            field.StartsWith("texts", StringComparison.Ordinal) ? "  - from: " + (why == "overlap" ? "1996-10-01" : "2009-08-27") : @new,
            last: why == "overlap" && field.StartsWith("texts", StringComparison.Ordinal)
        );
        var faults = seeds.Faults();
        faults.ShouldContain(
            f => f.File == Penalty && f.Line == line && f.Field == field && f.Expected.Contains(why),
            $"{line}: {string.Join('\n', faults)}"
        );
    }

    [Fact]
    public void Load_UntilThatIsRight_IsNoFault()
    {
        seeds.Replace(Penalty, "value: 50, unit: yuan", "until: 2021-07-14, value: 50, unit: yuan");
        seeds.Load();
    }

    [Fact]
    public void Load_TextThatNumbersAnew_AsksEachFigureWhatItIsNow()
    {
        seeds.Replace(Penalty, "      - {from: 2021-07-15, value: 200, unit: yuan, article: §51}\n", "");
        seeds.HasOneFault(Penalty, Line(Penalty, "  penalty.summary-person.yuan:"), "figures.penalty.summary-person.yuan.versions");
    }

    [Fact]
    public void Load_LawThatBeginsAfterTheCalendar_IsAGap()
    {
        seeds.Replace(Licensing, "2004-07-01\n    cite", "2018-01-02\n    cite");
        seeds.Faults().ShouldContain(f => f.File == Licensing && f.Field == "texts[0].from");
    }

    [Fact]
    public void Load_FigureThatNothingReads_IsAFault()
    {
        CopyProcedures();
        SeedLoader.Load(seeds.Folder);
        seeds.Write(
            Licensing,
            seeds.Read(Licensing)
                + "  licensing.joint.days:\n    meaning: {zh: 统一办理, en: Joint}\n    versions:\n      - "
                + "{from: 2004-07-01, value: 45, unit: working-days, article: §42}\n"
        );
        var fault = Should.Throw<SeedException>(() => SeedLoader.Load(seeds.Folder)).Faults.ShouldHaveSingleItem();
        (fault.File, fault.Line, fault.Field).ShouldBe(
            (Licensing, Line(Licensing, "  licensing.joint.days:"), "figures.licensing.joint.days")
        );
    }

    [Fact]
    public void Load_FigureThatOnlyAnItemReads_IsRead()
    {
        CopyProcedures();
        seeds.Write(
            Licensing,
            seeds.Read(Licensing)
                + "  licensing.joint.days:\n    meaning: {zh: 统一办理, en: Joint}\n    versions:\n      - "
                + "{from: 2004-07-01, value: 45, unit: working-days, article: §42}\n"
        );
        seeds.SetCell(Items, "YD-XK-001", "statutory_limit", "law:licensing.joint.days");
        SeedLoader.Load(seeds.Folder).Towns["yandian"].Items["YD-XK-001"].Statutory.ToString().ShouldBe("law:licensing.joint.days");
    }

    [Fact]
    public void Load_FigureChanged_ChangesWhenSilenceAccepts()
    {
        CopyProcedures();
        seeds.Replace(Licensing, "value: 5, unit: working-days, article: §32", "value: 3, unit: working-days, article: §32");
        var library = SeedLoader.Load(seeds.Folder);
        library
            .Procedures["permit"]
            .Steps["intake"]
            .Limit!.On(library.Law.On(new(2019, 4, 10)))
            .ShouldBe(new TimeLimit(3, DayUnit.Working));
        library.Law["licensing.supplement.days", new(2019, 4, 10)]!.Said.En.ShouldBe("3 working days");
    }

    [Theory]
    [InlineData("statutory_limit", "law:licensing.decided.days")]
    [InlineData("statutory_limit", "own:licensing.decide.days")]
    [InlineData("statutory_limit", "law:penalty.summary-person.yuan")]
    [InlineData("statutory_limit", "law:penalty.decide.days")]
    [InlineData("fee", "1.00")]
    [InlineData("fee", "1.00:")]
    [InlineData("fee", "1.00:《政府投资条例》第九条:sometimes")]
    public void Load_CellThatTheLawDoesNotBear_IsAFault(string column, string value)
    {
        var line = seeds.SetCell(Items, "YD-XK-001", column, value);
        seeds.HasOneFault(Items, line, column);
    }

    [Fact]
    public void Load_FeeThatTheLawAllows_NeedsNoBasis()
    {
        seeds.SetCell(Items, "YD-XK-001", "fee", "1.00");
        seeds.Replace(Licensing, "value: 0, unit: yuan", "value: 1, unit: yuan");
        seeds.Load().Towns["yandian"].Items["YD-XK-001"].Fee.ShouldBe(1.00m);
    }

    [Fact]
    public void Load_FeeWithItsBasis_IsKept()
    {
        seeds.SetCell(Items, "YD-XK-001", "fee", "1.00:《政府投资条例》第九条");
        var item = seeds.Load().Towns["yandian"].Items["YD-XK-001"];
        (item.Fee, item.FeeBasis).ShouldBe((1.00m, "《政府投资条例》第九条"));
    }

    [Theory]
    [InlineData("YD-CF-041,2021-09-01,《中华人民共和国安全生产法》", "YD-CF-941,2021-09-01,《中华人民共和国安全生产法》", "code")]
    [InlineData("YD-CF-042,2021-09-01", "YD-CF-041,2021-09-01", "from")]
    [InlineData("YD-CF-042,2021-09-01", "YD-CF-041,2021-08-31", "from")]
    [InlineData("YD-CF-042,2021-09-01", "YD-CF-042,2021-9-1", "from")]
    [InlineData("minor:0-20000@0-100000;ordinary:20000-60000", "minor:0-20000@0-100000;ordinary:10000-60000", "bands")]
    [InlineData("minor:0-20000@0-100000;ordinary:20000-60000@0-100000;serious:60000-100000@0-100000", "nothing", "bands")]
    [InlineData(",,minor:0-20000", ",30cd,minor:0-20000", "statutory_limit")]
    [InlineData("serious:60000-100000@0-100000,,yes,", "serious:60000-100000@0-100000,,perhaps,", "verify")]
    [InlineData("serious:60000-100000@0-100000,,yes,", "serious:60000-100000@0-100000,1.00:§1,yes,", "fee")]
    public void Load_BrokenVersionOfAnItem_NamesFileLineAndColumn(string old, string @new, string column)
    {
        var line = seeds.Replace(Versions, old, @new);
        seeds.HasOneFault(Versions, line, column);
    }

    [Fact]
    public void Load_ItemWithVersions_HasThoseOfTheDay()
    {
        var item = seeds.Load().Towns["yandian"].Items["YD-CF-041"];
        (item.On(new(2021, 8, 31)).LegalBasis, item.On(new(2021, 9, 1)).LegalBasis).ShouldBe(
            ("《中华人民共和国安全生产法》(2014年修正)第九十四条第三项", "《中华人民共和国安全生产法》(2021年修正)第九十七条第三项")
        );
        (item.On(new(2021, 8, 31)).Bands[0].To, item.On(new(2021, 9, 1)).Bands[0].To, item.On(new(2021, 9, 1)).Verify).ShouldBe(
            (10000m, 20000m, true)
        );
        item.On(new(2021, 9, 1)).Statutory.ShouldBe(item.Statutory);
    }

    [Fact]
    public void Load_TownWithoutVersions_HasNone()
    {
        seeds.Delete(Versions);
        seeds.Load().Towns["yandian"].Items.Values.ShouldAllBe(i => i.Versions.IsEmpty);
    }

    private void CopyProcedures()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(SeedCopy.Original, "procedures")))
        {
            File.Copy(file, Path.Combine(seeds.Folder, "procedures", Path.GetFileName(file)));
        }
    }

    private int Line(string path, string text, bool last = false)
    {
        var lines = seeds.Read(path).Split('\n');
        return (
                last
                    ? Array.FindLastIndex(lines, l => l.Contains(text, StringComparison.Ordinal))
                    : Array.FindIndex(lines, l => l.Contains(text, StringComparison.Ordinal))
            ) + 1;
    }
}
