using System.Collections.Immutable;
using TownReform.Silo.Web.Public;

namespace TownReform.Silo.Tests.Web.Public;

/// <summary>The first page leads to services by kind or by search.</summary>
public sealed class HomePageTests
{
    private static readonly ImmutableArray<TownDirectory> Towns =
    [
        Town(
            "north",
            new ListedItem("N-1", new("取水许可", "Water permit"), "permit", Retained: false),
            new ListedItem("N-2", new("捕鱼许可", "Fishing"), "permit", true)
        ),
        Town("south", new ListedItem("S-1", new("违法取水的处罚", "Penalty for taking water"), "penalty", Retained: false)),
    ];

    [Fact]
    public void Opened_Simply_OffersTheKindsThatThereAre()
    {
        var model = HomeModel.Of(Towns, null, null, null);
        model.Kinds.Select(kind => (kind.Code, kind.Items)).ShouldBe([("permit", 1), ("penalty", 1), ("retained", 1)]);
        var page = Pages.Render<HomePage, HomeModel>(model);
        page.ReadAll("main ul.list a").ShouldBe(["Permits", "Penalties", "Items kept by the county"]);
    }

    [Fact]
    public void Opened_WhereCasesCame_OffersWhatMostCameForAndNoPenalty()
    {
        SubjectTotal[] opened =
        [
            new("south", "S-1", 90),
            new("north", "N-2", 7),
            new("north", "GY-001", 5),
            new("elsewhere", "N-1", 4),
            new("north", "N-1", 3),
        ];
        var model = HomeModel.Of(Towns, null, null, null).With(opened);
        model.Used.Select(one => one.Item.Code).ShouldBe(["N-2", "N-1"]);
        Pages.Render<HomePage, HomeModel>(model).ReadAll("main h2")[0].ShouldBe("Most used");
        HomeModel.Of(Towns, null, "south", null).With(opened).Used.ShouldBeEmpty("another town's");
        var many = Enumerable.Range(0, 11).Select(i => new ListedItem($"X-{i}", new("项", "item"), "permit", Retained: false)).ToArray();
        HomeModel
            .Of([Town("north", many)], null, null, null)
            .With(many.Select(item => new SubjectTotal("north", item.Code, 1)))
            .Used.Length.ShouldBe(10);
    }

    [Theory]
    [InlineData("water", null, null, "N-1,S-1")]
    [InlineData("water permit", null, null, "N-1")]
    [InlineData("取水", null, null, "N-1,S-1")]
    [InlineData("s-1", null, null, "S-1")]
    [InlineData("water", "south", null, "S-1")]
    [InlineData(null, null, "retained", "N-2")]
    [InlineData("nothing of that name", null, null, "")]
    public void Search_ByWordTownOrKind_FindsWhatMatches(string? query, string? town, string? kind, string found) =>
        string.Join(',', HomeModel.Of(Towns, query, town, kind).Found.Select(one => one.Item.Code)).ShouldBe(found);

    [Theory]
    [InlineData(HomeModel.Most - 1, false)]
    [InlineData(HomeModel.Most, false)]
    [InlineData(HomeModel.Most + 1, true)]
    public void Search_MoreThanAPage_SaysSo(int items, bool cut)
    {
        var many = Enumerable.Range(0, items).Select(i => new ListedItem($"X-{i}", new("项", "item"), "permit", Retained: false));
        var model = HomeModel.Of([Town("north", [.. many])], "item", null, null);
        model.IsCut.ShouldBe(cut);
        model.Found.Length.ShouldBe(Math.Min(items, HomeModel.Most));
    }

    [Fact]
    public void Search_InVain_SaysWhatToDo() =>
        Pages
            .Render<HomePage, HomeModel>(HomeModel.Of(Towns, "<script>", null, null))
            .QuerySelector("main")
            .Read()
            .ShouldContain("No service matches.");

    private static TownDirectory Town(string code, params ListedItem[] items) =>
        new(
            Town: code,
            Name: new(code, code),
            Prefix: "N",
            TimeZone: "Asia/Shanghai",
            CalendarFrom: new(2019, 1, 1),
            CalendarUntil: new(2027, 12, 31),
            County: "county",
            Offices: [],
            People: [],
            Items: [.. items],
            Procedures: [],
            Earlier: []
        );
}
