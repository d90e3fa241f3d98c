using System.Collections.Immutable;
using TownReform.Grains.Matters.Binding;
using TownReform.Grains.Matters.Penalties;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests.Matters.Penalties;

/// <summary>The rules of penalties as functions: which day counts, which band is the milder.</summary>
public sealed class PenaltyRulesTests
{
    private static readonly DateOnly Offence = new(2019, 1, 10),
        Change = new(2019, 3, 1),
        Decision = new(2019, 4, 10);
    private static readonly PowerItem Item = RealSeeds
        .Yandian.Items.Values.Where(i => i is { Kind: ItemKinds.Penalty, Versions.IsEmpty: true })
        .OrderBy(i => i.Code, StringComparer.Ordinal)
        .First();

    [Fact]
    public void Limitation_OfACaseThatIsOpen_LooksAtTheDayOfItsOpening()
    {
        var offence = new DateOnly(2017, 4, 1);
        Limitation(offence, CaseFile.None, new(2019, 4, 1)).ShouldBeNull();
        Limitation(offence, CaseFile.None, new(2019, 4, 2)).ShouldBe(RefusalCode.LimitationPassed);
        var open = CaseFile.None with { Version = 1, Disposition = Disposition.Open, OpenedOn = new(2019, 4, 1) };
        Limitation(offence, open, new(2019, 6, 1)).ShouldBeNull();
        Limitation(offence, open with { OpenedOn = new(2019, 4, 2) }, new(2019, 6, 1)).ShouldBe(RefusalCode.LimitationPassed);
    }

    [Fact]
    public void Punishable_WhatTheLawOfEitherDayDoesNotPunish_IsNoOffence()
    {
        OffenceRules.Punishable(Item, Offence, Decision).ShouldBeNull();
        OffenceRules.Punishable(Later([]), Offence, Decision).ShouldBe(RefusalCode.NotAnOffence).Of("day").ShouldBe("2019-04-10");
        OffenceRules
            .Punishable(Later(Item.Bands) with { Bands = [] }, Offence, Decision)
            .ShouldBe(RefusalCode.NotAnOffence)
            .Of("day")
            .ShouldBe("2019-01-10");
        OffenceRules.Punishable(Later([]), Offence, Change.AddDays(-1)).ShouldBeNull();
        var permit = RealSeeds.Yandian.Items.Values.First(i => i.Kind == ItemKinds.Permit);
        OffenceRules.Punishable(permit, Offence, Decision).ShouldBeNull();
    }

    [Theory]
    [InlineData(100, 200, 100, 150, "100.00–150.00")]
    [InlineData(100, 200, 100, 250, "100.00–200.00")]
    [InlineData(100, 200, 50, 200, "50.00–200.00")]
    [InlineData(100, 200, 150, 200, "100.00–200.00")]
    [InlineData(100, 200, 10, 300, "100.00–200.00")]
    [InlineData(100, 200, 150, 160, "150.00–160.00")]
    public void WithinBand_BandsOfBothDays_TheMilderByItsUpperEndThenByItsLowerCounts(
        int from,
        int to,
        int laterFrom,
        int laterTo,
        string band
    )
    {
        var item = Later([new("ordinary", laterFrom, laterTo)]) with { Bands = [new("ordinary", from, to)] };
        DiscretionRules
            .WithinBand(item, Offence, 10_000m, "ordinary", null, Decision)
            .ShouldBe(RefusalCode.FineOutsideBand)
            .Of("band")
            .ShouldBe(band);
    }

    [Fact]
    public void WithinBand_ACircumstanceThatOneLawDoesNotKnow_IsJudgedByTheOther()
    {
        var gone = Later([new("serious", 500, 900)]) with { Bands = [new("ordinary", 100, 200)] };
        DiscretionRules.WithinBand(gone, Offence, 150m, "ordinary", null, Decision).ShouldBeNull();
        DiscretionRules.WithinBand(gone, Offence, 600m, "serious", null, Decision).ShouldBeNull();
        DiscretionRules
            .WithinBand(gone, Offence, 600m, "minor", null, Decision)
            .ShouldBe(RefusalCode.FineOutsideBand)
            .Of("band")
            .ShouldBe("–");
        DiscretionRules.WithinBand(gone, Offence, 600m, "minor", "集体讨论", Decision).ShouldBeNull();
    }

    private static Refusal? Limitation(DateOnly offence, CaseFile file, DateOnly day) =>
        OffenceRules.Limitation(offence, harm: false, foundOn: null, file, day, new CaseLaw(RealSeeds.Library.Law, day, day));

    private static PowerItem Later(ImmutableArray<FineBand> bands) =>
        Item with
        {
            Versions = [new ItemVersion(Change, "later", Item.Statutory, bands, Verify: false)],
        };
}
