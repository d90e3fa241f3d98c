using TownReform.Browser.Tests.Fixtures;

namespace TownReform.Browser.Tests.Pages;

/// <summary>Pages for anybody, in the states they have.</summary>
public class PublicPagesTests(WebTown town)
{
    public static TheoryData<string> Paths =>
        [
            "/",
            "/?q=许可",
            "/?q=zzzz",
            "/?kind=permit&town=yandian",
            "/track",
            "/track?number=YD00000001&code=x",
            "/register",
            "/accessibility",
            "/privacy",
        ];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Page_AtEverySizeAndScheme_IsForAll(string path)
    {
        foreach (var at in Seats())
        {
            await using var person = await town.StrangerAsync(at);
            var answer = await person.OpenAsync(path);
            answer.Status.ShouldBeOneOf(200, 404);
            await person.IsForAllAsync();
        }
    }

    private static IEnumerable<Func<Seat, Seat>> Seats() =>
        [
            seat => seat,
            seat => seat with { Chinese = true, Width = Seat.Phone },
            seat => seat with { Width = Seat.Zoomed },
            seat => seat with { Chinese = true, Dark = true },
            seat => seat with { ForcedColors = true },
        ];
}
