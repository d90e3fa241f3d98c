using TownReform.Grains.Rules.Plans;

namespace TownReform.Rules.Tests.Counties;

/// <summary>Who acts for a department where nobody is named.</summary>
public sealed class CountyDepartmentTests
{
    private static readonly DateOnly Last = new(2020, 3, 31);

    private static readonly CountyDepartment Housing = new(
        "housing",
        new("住建局", "Housing"),
        GovernmentLevel.County,
        [Person("h-old", new(2010, 1, 1), Last), Person("LQ.7", Last.AddDays(2), null), Person("h-9", Last.AddDays(2), null)],
        []
    );

    [Theory]
    [InlineData(0, "h-old")]
    [InlineData(1, null)]
    [InlineData(2, "LQ.7")]
    [InlineData(-5000, null)]
    public void FirstInOffice_AroundAChange_IsWhoHoldsTheOffice(int daysLater, string? id) =>
        (Housing.FirstInOffice(Last.AddDays(daysLater))?.Id).ShouldBe(id);

    private static CountyPerson Person(string id, DateOnly since, DateOnly? until) => new(id, new(id, id), "housing", [], since, until);
}
