using TownReform.Grains.Rules.Cases;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests.Cases;

/// <summary>The way of a case when nothing gets in between.</summary>
public sealed class MainLineTests
{
    [Theory]
    [InlineData("permit", "intake review decision delivery")]
    [InlineData("penalty-summary", null)]
    public void Of_AProcedure_IsTheShortestWayToAGrant(string procedure, string? way)
    {
        var line = MainLine.Of(RealSeeds.Library.Procedures[procedure]);
        line.ShouldNotBeEmpty();
        if (way is not null)
        {
            string.Join(' ', line).ShouldBe(way);
        }
    }

    [Fact]
    public void Of_EveryProcedure_BeginsAtItsStartAndGoesFromStepToStep()
    {
        foreach (var procedure in RealSeeds.Library.Procedures.Values.Concat(RealSeeds.Library.Earlier.Values))
        {
            var line = MainLine.Of(procedure);
            line[0].ShouldBe(procedure.Start, procedure.Code);
            foreach (var (from, to) in line.Zip(line.Skip(1)))
            {
                procedure.Steps[from].Acts.Values.ShouldContain(act => act.To == to, $"{procedure.Code}: {from} → {to}");
            }

            procedure
                .Steps[line[^1]]
                .Acts.Values.ShouldContain(act => procedure.Ends.ContainsKey(act.To), $"{procedure.Code}: {line[^1]} ends it");
        }
    }
}
