using CsCheck;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Seals;

namespace TownReform.Rules.Tests.Seals;

public sealed class SealRulesTests
{
    [Fact]
    public void Number_FirstOfAKindAndYear_IsOne() =>
        SealRules.Number(SealState.Empty, new("C-1", "permit", "I-1"), "榆行许", 2019).Certificate.ShouldBe("榆行许〔2019〕1号");

    [Fact]
    public void Number_NextYearOrOtherKind_BeginsAnew()
    {
        var state = Issue(SealState.Empty, "C-1", "榆行许", 2019);
        SealRules.Number(state, new("C-2", "permit", "I-1"), "榆行许", 2019).Certificate.ShouldBe("榆行许〔2019〕2号");
        SealRules.Number(state, new("C-2", "permit", "I-1"), "榆行许", 2020).Certificate.ShouldBe("榆行许〔2020〕1号");
        SealRules.Number(state, new("C-2", "penalty", "I-2"), "榆综执罚", 2019).Certificate.ShouldBe("榆综执罚〔2019〕1号");
    }

    [Fact]
    public void Number_SameCaseAgainNextYear_IsToldItsNumber()
    {
        var state = Issue(Issue(SealState.Empty, "C-1", "榆行许", 2019), "C-2", "榆行许", 2019);
        SealRules.Number(state, new("C-1", "permit", "I-1"), "榆行许", 2020).ShouldBe(new CertificateTold("C-1", "榆行许〔2019〕1号"));
    }

    [Theory]
    [InlineData(RecentCases.Least * 2 - 1, true)]
    [InlineData(RecentCases.Least * 2, false)]
    [InlineData(RecentCases.Least * 2 + 1, false)]
    public void Number_FirstCaseAgainAroundTheBound_IsToldFromMemoryOrFromTheRecord(int issued, bool atHand)
    {
        var state = Enumerable.Range(1, issued).Aggregate(SealState.Empty, (s, n) => Issue(s, $"C-{n}", "榆行许", 2019));
        SealRules.Latest(state, "C-1").ShouldBe(atHand ? "榆行许〔2019〕1号" : null);
        SealRules
            .Number(state, new("C-1", "permit", "I-1"), "榆行许", 2020, atHand ? null : "榆行许〔2019〕1号")
            .ShouldBe(new CertificateTold("C-1", "榆行许〔2019〕1号"));
        SealRules
            .Number(state, new("C-0", "permit", "I-1"), "榆行许", 2019)
            .Certificate.ShouldBe(SealRules.Text("榆行许", 2019, issued + 1));
        state.Count().ShouldBe(issued);
    }

    [Fact]
    public void Number_AnyCasesKindsAndYears_IsUniqueAndWithoutGaps() =>
        Gen.Select(Gen.Int[0, 50], Gen.OneOf(Gen.Const("甲"), Gen.Const("乙")), Gen.Int[2019, 2021])
            .List[0, 100]
            .Sample(asked =>
            {
                var (state, numbers) = (SealState.Empty, new Dictionary<string, string>());
                foreach (var (serial, prefix, year) in asked)
                {
                    var happened = SealRules.Number(state, new($"C-{serial}", "permit", "I-1"), prefix, year);
                    state = SealRules.Apply(state, happened);
                    numbers.TryAdd(happened.Case, happened.Certificate);
                    numbers[happened.Case].ShouldBe(happened.Certificate);
                }

                numbers.Values.ShouldBeUnique();
                state.Series.Sum(s => s.Last).ShouldBe(numbers.Count);
            });

    private static SealState Issue(SealState state, string caseNumber, string prefix, int year) =>
        SealRules.Apply(state, SealRules.Number(state, new(caseNumber, "permit", "I-1"), prefix, year));
}
