using TownReform.Grains.Rules.Texts;

namespace TownReform.Rules.Tests.Texts;

/// <summary>Check digits by GB 11643 and GB 32100, and ids that are the same.</summary>
public sealed class PersonIdsTests
{
    [Theory]
    [InlineData("11010119900307803X", false, null)]
    [InlineData("110101199003078030", false, IdDoubt.Resident)]
    [InlineData("110101199003078031", false, IdDoubt.Resident)]
    [InlineData("11010519491231002X", false, null)]
    [InlineData("440524188001010014", false, null)]
    [InlineData("91350100M000100Y43", true, null)]
    [InlineData("91350100M000100Y44", true, IdDoubt.CreditCode)]
    [InlineData("91371581MA3C000009", true, IdDoubt.CreditCode)]
    [InlineData("E12345678", false, null)]
    [InlineData("YD-R-003", false, null)]
    public void Doubt_CheckDigit_IsTold(string id, bool organisation, IdDoubt? doubt) => PersonIds.Doubt(id, organisation).ShouldBe(doubt);

    [Fact]
    public void Doubt_EveryOtherSign_IsTold() =>
        "0123456789X".Count(sign => PersonIds.Doubt($"11010519491231002{sign}", organisation: false) is null).ShouldBe(1);

    [Theory]
    [InlineData("11010119900307803X", "11010119900307803x", true)]
    [InlineData("１１０１０１１９９００３０７８０３Ｘ", "11010119900307803x", true)]
    [InlineData("P2", "p2", true)]
    [InlineData("P2", "P3", false)]
    [InlineData(null, "P3", false)]
    public void SameId_OtherWriting_IsTheSame(string? one, string? other, bool same) => TextRules.SameId(one, other).ShouldBe(same);
}
