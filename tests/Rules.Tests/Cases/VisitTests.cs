using System.Text;
using TownReform.Grains.Cases;
using TownReform.Grains.Rules.Cases;
using TownReform.Tests.Fixtures;
using static TownReform.Tests.Fixtures.Cases;

namespace TownReform.Rules.Tests.Cases;

/// <summary>B6 counts the party's own visits to the hall, from the opening on.</summary>
public sealed class VisitTests
{
    [Theory]
    [InlineData(null, null, 1)]
    [InlineData("agent", null, 0)]
    [InlineData(null, "village-point", 0)]
    [InlineData("agent", "village-point", 0)]
    public void Open_ByThePublic_CountsAVisitUnlessItWasHandedInElsewhere(string? agent, string? point, int visits)
    {
        var permit = PureCase.Of(RealSeeds.Yandian, "permit", RealSeeds.Yandian.Item("permit"));
        List<Field> fields = [];
        fields.AddRange(agent is null ? [] : [F("agent", agent), F("authorisation", "授权委托书")]);
        fields.AddRange(point is null ? [] : [F("point", point)]);
        permit.Open(PureCase.Public(), PureCase.Day, [.. fields]).ShouldSucceed();
        permit.File.Visits.ShouldBe(visits);
    }

    [Fact]
    public void Open_BySomebodyForTheParty_CountsNone()
    {
        var permit = PureCase.Of(RealSeeds.Yandian, "permit", RealSeeds.Yandian.Item("permit"));
        permit.Open(PureCase.Public(onBehalfOf: "other"), PureCase.Day, F("authorisation", "授权委托书")).ShouldSucceed();
        permit.File.Visits.ShouldBe(0);
    }

    [Fact]
    public void Open_OnPatrol_CountsNone() => Penalty().File.Visits.ShouldBe(0);

    [Fact]
    public void Supply_AfterAnAgentOpened_CountsTheFirst()
    {
        var permit = PureCase.Of(RealSeeds.Yandian, "permit", RealSeeds.Yandian.Item("permit"));
        permit.Open(PureCase.Public(), PureCase.Day, F("agent", "village"), F("authorisation", "授权委托书")).ShouldSucceed();
        permit.Do("notify", permit.Who("window"), PureCase.Day, F("missing", "图纸")).Do("supply", PureCase.Public(), PureCase.Day);
        permit.File.Visits.ShouldBe(1);
    }

    [Fact]
    public void Record_OfAnOlderBuild_CountsOneVisit()
    {
        var permit = PureCase.Of(RealSeeds.Yandian, "permit", RealSeeds.Yandian.Item("permit"));
        var opened = permit.Open(PureCase.Public(), PureCase.Day, F("point", "village-point")).ShouldSucceed();
        var text = Encoding.UTF8.GetString(CaseCodec.Instance.Write(opened));
        text.ShouldContain(",\"withoutVisit\":true");
        Apply(text).Visits.ShouldBe(0);
        Apply(text.Replace(",\"withoutVisit\":true", "", StringComparison.Ordinal)).Visits.ShouldBe(1);
    }

    private static CaseFile Apply(string json) =>
        CaseState.Apply(
            CaseFile.None,
            CaseCodec.Instance.Read(
                new Grains.Journal.JournalRecord(
                    World: "live",
                    Stream: "s",
                    Version: 1,
                    At: Stamps.Morning,
                    Kind: CaseOpened.Name,
                    ActorId: "a",
                    ActorOffice: "b",
                    ActorFor: null,
                    CommandId: Guid.Empty,
                    Payload: Encoding.UTF8.GetBytes(json),
                    PreviousHash: new byte[32],
                    Hash: new byte[32]
                )
            )
        );
}
