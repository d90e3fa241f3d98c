using System.Collections.Frozen;
using TownReform.Client.Live;
using TownReform.Client.Terminal;
using TownReform.Grains.Seeds;
using TownReform.Silo.Hosting;

namespace TownReform.Client.Tests.Live;

public sealed class PlansTests
{
    private static readonly SeedLibrary Seeds = SeedLoader.Load(SeedsFolder.Find(null).Folder!);

    [Theory]
    [InlineData("YD00000001", "yandian")]
    [InlineData("GY1", "guyun")]
    [InlineData("YDX00000001", "new")]
    public void TownOf_PrefixThatBeginsWithAnothers_IsTheOneBeforeTheDigits(string number, string town) => PlansOfThree().TownOf(number).Code.ShouldBe(town);

    [Theory]
    [InlineData("Y00000001")]
    [InlineData("YDXX00000001")]
    [InlineData("00000001")]
    public void TownOf_NoTownsPrefix_IsTold(string number) => Should.Throw<Halt>(() => PlansOfThree().TownOf(number));

    private static Plans PlansOfThree()
    {
        var third = Seeds.Towns["yandian"] with { Code = "new", Prefix = "YDX" };
        return new(Seeds with { Towns = Seeds.Towns.Values.Append(third).ToFrozenDictionary(t => t.Code, StringComparer.Ordinal) });
    }
}
