using TownReform.Silo.Tests.Web.Offices;
using TownReform.Silo.Web;

namespace TownReform.Silo.Tests.Web;

/// <summary>A clock as a sentence, on each side of its first and its last day.</summary>
public sealed class ClockSentenceTests
{
    [Theory]
    [InlineData(0, "8 working days; the first day isn't counted. ")]
    [InlineData(1, "Working day 1 of 8. ")]
    [InlineData(8, "Working day 8 of 8. ")]
    [InlineData(9, "9 working days used of 8. ")]
    public void Sentence_Running_SaysWhichDayItIs(int used, string said) =>
        ClockSentence
            .Of(CaseFiles.View with { Clock = CaseFiles.View.Clock with { Used = used } }, Pages.English)
            .ShouldBe($"{said}This step is due Thu 3 Dec 2026.");
}
