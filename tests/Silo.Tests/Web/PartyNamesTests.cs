using TownReform.Silo.Web;

namespace TownReform.Silo.Tests.Web;

/// <summary>Names of parties where others may look over a shoulder.</summary>
public sealed class PartyNamesTests
{
    [Theory]
    [InlineData("王小明", false, "王某")]
    [InlineData("𠮷田", false, "𠮷某")]
    [InlineData("Wang Xiaoming", false, "W***")]
    [InlineData("", false, "")]
    [InlineData("莘县古云镇红庙子超市", true, "莘县古云镇红庙子超市")]
    public void Name_InAList_IsTheSurnameOfAPerson(string name, bool organisation, string shown) =>
        new Party("371581199001011234", name, organisation).Masked().ShouldBe(shown);

    [Theory]
    [InlineData("12345678", "12345678")]
    [InlineData("123456789", "****6789")]
    public void Id_OfMoreThanEight_ShowsItsLastFour(string id, string shown) => new Party(id, "", false).MaskedId().ShouldBe(shown);
}
