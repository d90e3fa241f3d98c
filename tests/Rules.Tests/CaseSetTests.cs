using CsCheck;
using TownReform.Grains.Rules;

namespace TownReform.Rules.Tests;

public sealed class CaseSetTests
{
    [Fact]
    public void Add_AnyNumbers_HoldsThoseAndNoOthers() =>
        Gen.Select(Gen.OneOf(Gen.Const("YD"), Gen.Const("C-"), Gen.Const(""), Gen.Const("1C-")), Gen.Int[0, 3000], Gen.Int[1, 8])
            .List[0, 60]
            .Sample(drawn =>
            {
                var numbers = drawn.Select(d => d.Item1 + d.Item2.ToString($"D{d.Item3}", null)).ToArray();
                var (some, others) = (numbers[..(numbers.Length / 2)], numbers[(numbers.Length / 2)..]);
                var set = some.Aggregate(CaseSet.Empty, (s, n) => s.Add(n));
                some.ShouldAllBe(n => set.Contains(n));
                others.Except(some).ShouldAllBe(n => !set.Contains(n));
            });

    [Theory]
    [InlineData("C-7", "C-07")]
    [InlineData("C-7", "C-007")]
    [InlineData("C-", "C-0")]
    [InlineData("0C-", "C-")]
    [InlineData("1C-", "C-1")]
    [InlineData("", "0")]
    [InlineData("0001", "1")]
    public void Contains_NumberThatOnlyLooksAlike_IsFalse(string one, string other)
    {
        CaseSet.Empty.Add(one).Contains(other).ShouldBeFalse();
        CaseSet.Empty.Add(other).Contains(one).ShouldBeFalse();
    }

    [Theory]
    [InlineData(999, false)]
    [InlineData(1000, true)]
    [InlineData(1001, true)]
    public void Add_UpToAFullMap_NeedsNoBitsForIt(int count, bool full)
    {
        var set = Enumerable.Range(0, count).Aggregate(CaseSet.Empty, (s, n) => s.Add($"YD{n:D8}"));
        (set.Maps["3YD00000"].Length == 0).ShouldBe(full);
        Enumerable.Range(0, 1100).ShouldAllBe(n => set.Contains($"YD{n:D8}") == n < count);
    }

    [Fact]
    public void Add_AMillionInARow_KeepsAFewKilobytes() =>
        Enumerable
            .Range(0, 1_000_000)
            .Aggregate(CaseSet.Empty, (s, n) => s.Add($"YD{n:D8}"))
            .Maps.Sum(m => m.Key.Length + m.Value.Length)
            .ShouldBeLessThan(16 * 1024);
}
