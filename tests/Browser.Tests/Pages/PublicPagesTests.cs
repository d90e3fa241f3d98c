using TownReform.Browser.Tests.Fixtures;

namespace TownReform.Browser.Tests.Pages;

/// <summary>Pages for anybody, in the states they have.</summary>
public class PublicPagesTests(WebTown town)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/?q=许可")]
    [InlineData("/?q=zzzz")]
    [InlineData("/?kind=permit&town=yandian")]
    [InlineData("/items/YD-XK-001")]
    [InlineData("/items/nothing", 404)]
    [InlineData("/sign-in")]
    [InlineData("/track")]
    [InlineData("/track?number=YD00000001&code=x", 404)]
    [InlineData("/register")]
    [InlineData("/accessibility")]
    [InlineData("/privacy")]
    [InlineData("/nowhere", 404)]
    public async Task Page_AtEverySizeAndScheme_IsForAll(string path, int status = 200)
    {
        foreach (var chinese in new[] { true, false })
        {
            await using var person = await town.StrangerAsync(seat => seat with { Chinese = chinese });
            (await person.OpenAsync(path)).Status.ShouldBe(status);
            await person.IsForAllAsync();
        }
    }
}
