using TownReform.Grains.Matters.Binding;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests.Matters.Binding;

/// <summary>What a function's parameters read of a case, and what becomes of it when it isn't there.</summary>
public sealed class FunctionBinderTests
{
    private static readonly Dictionary<Type, Delegate> Composed = new()
    {
        [typeof(Span)] = (DateOnly from, DateOnly? until) => new Span(from, until),
    };

    [Fact]
    public void Reads_OfAParameter_FollowFromItsNameTypeAndNullability()
    {
        var reads = Reads(
            (DateOnly offenceDate, decimal? paid, [IfKnown] bool harm, string account, string[] missing, int people, TimeLimit? promised) =>
                ""
        );
        reads
            .Fields.Select(f => (f.Name, f.When, f.Types[0]))
            .ShouldBe([
                ("offence-date", ReadWhen.Always, FieldType.Date),
                ("paid", ReadWhen.Offered, FieldType.Money),
                ("harm", ReadWhen.IfKnown, FieldType.Flag),
                ("account", ReadWhen.Always, FieldType.Text),
                ("missing", ReadWhen.Always, FieldType.List),
                ("people", ReadWhen.Always, FieldType.Number),
                ("promised", ReadWhen.Offered, FieldType.Limit),
            ]);
        (reads.Facts, reads.Subject, reads.People.Length).ShouldBe((FactNeeds.None, RuleSubject.Any, 0));
    }

    [Fact]
    public void Reads_OfWhatTheCaseHas_AreNoFields()
    {
        var reads = Reads(
            (CaseFile file, DateOnly day, PowerHolding holding, PowerItem item, StaffFacts person, LimitRule stepLimit) => ""
        );
        reads.Fields.ShouldBeEmpty();
        (reads.Facts, reads.Subject).ShouldBe(
            (FactNeeds.Holding | FactNeeds.Person, RuleSubject.Item | RuleSubject.Person | RuleSubject.StepLimit)
        );
    }

    [Fact]
    public void Reads_OfAPerson_NameTheFieldWhosePersonIsGathered()
    {
        var reads = Reads((StaffFacts to) => to.Id);
        (reads.Fields.Single().Types[0], reads.People.Single()).ShouldBe((FieldType.Staff, "to"));
    }

    [Fact]
    public void Reads_OfSeveralTypes_AreThoseOfTheAttribute() =>
        Reads(([FieldTypes(FieldType.Choice, FieldType.Text)] string circumstance) => "")
            .Fields.Single()
            .Types.ShouldBe([FieldType.Choice, FieldType.Text]);

    [Fact]
    public void Call_FieldsOfTheActAndOfTheCase_AreReadWithTheActsOnTop()
    {
        Call(
                (decimal fine, DateOnly offenceDate) => $"{fine} {offenceDate:O}",
                new Field("fine", "200.00"),
                new Field("offence-date", "2019-04-01")
            )
            .ShouldBe("200.00 2019-04-01");
        Call((string[] missing) => string.Join('+', missing), new Field("missing", "申请书、 照片")).ShouldBe("申请书+照片");
        Call(([IfKnown] bool harm) => $"{harm}", new Field("harm", "true")).ShouldBe("True");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("zwei")]
    [InlineData("2019-02-30")]
    public void Call_WhatMustBeThereIsNotOrIsNoneOfItsType_IsAnsweredByItsName(string? value)
    {
        Field[] fields = value is null ? [] : [new Field("offence-date", value), new Field("fine", value)];
        Call((DateOnly offenceDate) => "asked", fields).ShouldBe("missing offence-date");
        Call((decimal fine) => "asked", fields).ShouldBe("missing fine");
    }

    [Fact]
    public void Call_WhatMayBeMissingIs_IsNull()
    {
        Call((decimal? fine, DateOnly? until, string? reason, [IfKnown] bool harm) => $"{fine}{until}{reason}{harm}").ShouldBe("False");
        Call((string? reason) => reason ?? "none", new Field("reason", "  ")).ShouldBe("none");
    }

    [Fact]
    public void Call_TheCasesOwn_MustBeThereUnlessNullable()
    {
        Call((PowerItem item) => "asked").ShouldBe("missing item");
        Call((PowerItem? item) => "asked").ShouldBe("asked");
        Call((LimitRule stepLimit) => "asked").ShouldBe("missing limit");
        Call((StaffFacts to) => "asked").ShouldBe("missing to");
        Call((DateOnly day, TownPlan plan) => $"{plan.Code} {day:O}").ShouldBe("yandian 2019-04-10");
    }

    [Fact]
    public void Call_AComposedParameter_IsMadeOfOthers()
    {
        Call((Span span) => $"{span.From:O} {span.Until:O}", new Field("from", "2019-03-01")).ShouldBe("2019-03-01 ");
        Call((Span span) => "asked").ShouldBe("missing from");
    }

    [Fact]
    public void Bind_AParameterThatNothingFits_IsAFaultThatNamesIt() =>
        Should.Throw<ArgumentException>(() => Reads((Guid something) => "")).Message.ShouldContain("'Guid something'");

    private static CaseReads Reads(Delegate function) => FunctionBinder<string>.Bind(function, Composed).Reads;

    private static string Call(Delegate function, params Field[] given)
    {
        var facts = new CaseFacts
        {
            Plan = RealSeeds.Yandian,
            Procedure = RealSeeds.Library.Procedures["permit"],
            Calendar = RealSeeds.Library.Calendar,
            Law = RealSeeds.Library.Law,
            Day = PureCase.Day,
        };
        var check = new ActCheck(CaseFile.None, null, null, Stamps.Next(PureCase.At(PureCase.Day), PureCase.Public()), [.. given], facts);
        return FunctionBinder<string>.Bind(function, Composed).Call(check, what => $"missing {what}");
    }

    private sealed record Span(DateOnly From, DateOnly? Until);
}
