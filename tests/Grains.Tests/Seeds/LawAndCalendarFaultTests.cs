namespace TownReform.Grains.Tests.Seeds;

public sealed class LawAndCalendarFaultTests : IDisposable
{
    private const string Licensing = "law/licensing.yaml";
    private const string China = "calendar/china.csv";

    private readonly SeedCopy seeds = new();

    public void Dispose() => seeds.Dispose();

    [Fact]
    public void Load_FigureThatRulesAskForMissing_IsAFault()
    {
        seeds.Replace(Licensing, "licensing.extend.times", "licensing.lengthen.times");
        seeds.HasOneFault("law", 0, "licensing.extend.times");
    }

    [Fact]
    public void Load_UnitThatDoesNotFitTheName_IsAFault()
    {
        var line = seeds.Replace(Licensing, "unit: working-days", "unit: yuan");
        seeds.HasOneFault(Licensing, line, "figures.licensing.supplement.days.versions[0].unit");
    }

    [Fact]
    public void Load_FigureInTwoFiles_IsAFault()
    {
        seeds.Write("law/again.yaml", seeds.Read("law/assessment.yaml"));
        seeds.Faults().Select(f => f.File).Distinct().ShouldBe(["law/assessment.yaml"]);
    }

    [Fact]
    public void Load_YearWithoutAFestival_IsAFault()
    {
        seeds.Replace(China, "2020-04-04,holiday,清明节\n", "");
        seeds.Replace(China, "2020-04-05,holiday,清明节\n", "");
        seeds.Load();
        seeds.Replace(China, "2020-04-06,holiday,清明节\n", "");
        seeds.HasOneFault(China, 0, "2020");
    }

    [Fact]
    public void Load_DayTwice_IsAFault()
    {
        seeds.Write(China, seeds.Read(China).TrimEnd('\n') + "\n2027-10-01,holiday,国庆节\n");
        seeds.HasOneFault(China, seeds.Read(China).Split('\n').Length - 1, "date");
    }
}
