using TownReform.Grains.Simulation.Results;

namespace TownReform.Grains.Tests.Simulation.Results;

public sealed class ConservationTests
{
    private static readonly ConservationFacts Sound = new([new("yandian", 1)], [new("yandian", 50, 50, 65, 65)], new(10, 100, []));

    [Fact]
    public void Check_AllHolds_FindsNothing() => Conservation.Check(Told.Tally(Told.Decided()).Close(), Sound).ShouldBeEmpty();

    [Fact]
    public void Check_FakeYear_FindsNothing()
    {
        var counts = FakeSummary.Counts(1, 300);
        var facts = Sound with { Certificates = [.. counts.Certificates.Select(c => new CertificatesIssued(c.Town, c.Numbers))] };

        Conservation.Check(counts, facts).ShouldBeEmpty();
    }

    [Fact]
    public void Check_CaseDropped_IsFound()
    {
        var tally = Told.Tally(Told.Decided());
        tally.Happened(Told.Opened("YD00000002"));

        Rules(tally, Sound).ShouldBe(["cases-add-up"]);
    }

    [Fact]
    public void Check_CaseToldTwice_IsFound()
    {
        var tally = Told.Tally(Told.Open());
        tally.Finished(Told.Decided());

        Rules(tally, Sound).ShouldBe(["cases-add-up"]);
    }

    [Fact]
    public void Check_GrantWithoutNumber_IsFound() =>
        Rules(Told.Tally(Told.Decided(number: "1"), Told.Decided(number: "2") with { Certificate = null }), Sound)
            .ShouldBe(["certificate-missing"]);

    [Fact]
    public void Check_NumberTwice_IsFound() =>
        Rules(Told.Tally(Told.Decided(number: "1"), Told.Decided(number: "2") with { Certificate = "证1" }), Sound)
            .ShouldBe(["certificate-repeated"]);

    [Fact]
    public void Check_NumberWithoutGrant_IsFound() =>
        Rules(Told.Tally(Told.Decided() with { Ending = "refused" }), Sound).ShouldBe(["certificate-unfounded"]);

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Check_SealIssuedOtherwise_IsFound(long issued) =>
        Rules(Told.Tally(Told.Decided()), Sound with { Certificates = [new("yandian", issued)] }).ShouldBe(["certificates-issued"]);

    [Theory]
    [InlineData(51, 65)]
    [InlineData(50, 66)]
    public void Check_OnePostTooMany_IsFound(int administrative, int institution) =>
        Rules(Told.Tally(Told.Decided()), Sound with { Posts = [new("yandian", 50, administrative, 65, institution)] })
            .ShouldBe(["posts-over"]);

    [Fact]
    public void Check_BrokenChain_IsFound() =>
        Rules(Told.Tally(Told.Decided()), Sound with { Chain = new(10, 100, [new("case/YD1", 3)]) }).ShouldBe(["chain-broken"]);

    private static string[] Rules(ReplicationTally tally, ConservationFacts facts) =>
        [.. Conservation.Check(tally.Close(), facts).Select(b => b.Rule)];
}
