using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TownReform.Silo.Api.Conventions;

namespace TownReform.Silo.Tests.Api;

/// <summary>What every endpoint of the API goes by, without a silo.</summary>
public sealed class ConventionsTests
{
    private static readonly ParameterInfo Any = typeof(object).GetMethod(nameof(Equals), [typeof(object)])!.GetParameters()[0];

    [Fact]
    public async Task Key_OfAnAccount_IsTheSameCommandAndNobodyElses()
    {
        var key = await KeyAsync("order-7");
        var command = key.CommandOf("account-1");
        command.ShouldBe((await KeyAsync("order-7")).CommandOf("account-1"));
        command.ShouldNotBe(key.CommandOf("account-2"));
        command.ShouldNotBe((await KeyAsync("order-8")).CommandOf("account-1"));
        command.Version.ShouldBe(8);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes("account-1\norder-7"));
        Convert.ToHexStringLower(command.ToByteArray(bigEndian: true).AsSpan(0, 6)).ShouldBe(Convert.ToHexStringLower(hash.AsSpan(0, 6)));
        (command.Variant & 0b1100).ShouldBe(0b1000);
    }

    [Theory]
    [InlineData("\"order-7\"", "order-7")]
    [InlineData("  order-7 ", "order-7")]
    [InlineData("\"a\\\"b\\\\c\"", "a\"b\\c")]
    [InlineData("x", "x")]
    public async Task Key_QuotedOrNot_IsRead(string sent, string key) => (await KeyAsync(sent)).Key.ShouldBe(key);

    [Theory]
    [InlineData(0)]
    [InlineData(IdempotencyKey.Longest + 1)]
    public void Key_OfWrongLength_IsTold(int length) =>
        Fault(IdempotencyKey.Header, new string('k', length)).Name.ShouldBe(IdempotencyKey.Header);

    [Fact]
    public async Task Key_OfTheLongestLength_IsTaken() =>
        (await KeyAsync(new string('k', IdempotencyKey.Longest))).Key.Length.ShouldBe(IdempotencyKey.Longest);

    [Theory]
    [InlineData("\"\"")]
    [InlineData("a\tb")]
    [InlineData("编号")]
    public void Key_OfOtherCharacters_IsTold(string sent) => Fault(IdempotencyKey.Header, sent).StatusCode.ShouldBe(400);

    [Fact]
    public void Key_MissingOrTwice_IsTold()
    {
        var missing = Fault(IdempotencyKey.Header);
        missing.Because.En.ShouldContain("is missing");
        missing.Because.Zh.ShouldContain(IdempotencyKey.Header);
        Fault(IdempotencyKey.Header, "a", "b").Because.En.ShouldContain("one header");
    }

    [Theory]
    [InlineData("\"7\"", 7L)]
    [InlineData("\"0\"", 0L)]
    public async Task Seen_AsATag_IsTheVersion(string sent, long version)
    {
        var http = With("If-Match", sent);
        (await SeenVersion.BindAsync(http, Any))!.Version.ShouldBe(version);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("7")]
    [InlineData("W/\"7\"")]
    [InlineData("\"x\"")]
    [InlineData("\"-1\"")]
    [InlineData("\"7\", \"8\"")]
    [InlineData("\"99999999999999999999\"")]
    public void Seen_AnythingElse_IsTold(string sent) =>
        Should
            .Throw<RequestFault>(() => SeenVersion.BindAsync(With("If-Match", sent), Any).AsTask().GetAwaiter())
            .Name.ShouldBe("If-Match");

    [Fact]
    public async Task Seen_Nothing_IsAny() => (await SeenVersion.BindAsync(With("X", "y"), Any))!.Version.ShouldBeNull();

    [Theory]
    [InlineData("\"7\"", true)]
    [InlineData("W/\"7\"", true)]
    [InlineData("\"6\", \"7\"", true)]
    [InlineData("\"6\"", false)]
    [InlineData("garbage", false)]
    public async Task Known_Tags_HoldTheirVersions(string sent, bool holds) =>
        (await KnownVersion.BindAsync(With("If-None-Match", sent), Any))!.Holds(7).ShouldBe(holds);

    [Theory]
    [InlineData("YD00000001")]
    [InlineData("编号\u0001/x")]
    public void Cursor_OfAnEntry_IsReadBack(string last) => Cursor.Read(Cursor.After(last)).ShouldBe(last);

    [Theory]
    [InlineData("")]
    [InlineData("not a cursor!")]
    [InlineData("_w")]
    public void Cursor_ThatIsNone_IsTold(string cursor) => Should.Throw<RequestFault>(() => Cursor.Read(cursor)).Name.ShouldBe("cursor");

    [Fact]
    public void Take_BeyondItsBounds_IsTold()
    {
        (Cursor.Take(null), Cursor.Take(1), Cursor.Take(Cursor.MostTaken)).ShouldBe((50, 1, 200));
        foreach (var take in new[] { 0, -1, Cursor.MostTaken + 1 })
        {
            Should.Throw<RequestFault>(() => Cursor.Take(take)).Name.ShouldBe("take");
        }
    }

    [Theory]
    [InlineData("{\"name\":\"a\",\"count\":1}", 0, null)]
    [InlineData("{\"name\":", 400, "body")]
    [InlineData("", 400, "body")]
    [InlineData("{\"name\":\"a\"}", 422, "count")]
    [InlineData("{\"name\":\"a\",\"count\":\"1\"}", 422, "count")]
    [InlineData("{\"name\":null,\"count\":1}", 422, "name")]
    [InlineData("{\"name\":\"a\",\"count\":1,\"more\":2}", 422, "more")]
    [InlineData("{\"name\":\"a\",\"count\":1,\"inner\":{\"deep\":2}}", 422, "inner.deep")]
    [InlineData("{\"name\":\"a\",\"count\":1,\"inner\":{\"colour\":\"blue\"}}", 422, "inner.colour")]
    [InlineData("{\"name\":\"a\",\"count\":1,\"inner\":{\"colour\":3}}", 422, "inner.colour")]
    [InlineData("{\"name\":\"a\",\"name\":\"b\",\"count\":1}", 422, "name")]
    public async Task Body_OfAnyShape_IsTakenOrItsFieldIsNamed(string body, int status, string? field)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        ApiJson.Configure(options);
        try
        {
            JsonSerializer.Deserialize<Sample>(body, options);
            status.ShouldBe(0);
        }
        catch (JsonException e)
        {
            var http = With("Accept-Language", "en");
            await RequestFaults.SayAsync(http, new BadHttpRequestException("read", 400, e));
            http.Response.StatusCode.ShouldBe(status, e.Message);
            Written(http).GetProperty("errors").EnumerateObject().Single().Name.ShouldBe(field, e.Message);
        }
    }

    [Fact]
    public async Task Refusal_OfFields_IsToldAtEachField()
    {
        var refusal = new Refusal(
            RefusalCode.FieldMissing,
            "A3",
            new Words("缺少两栏。", "Two fields are missing."),
            [new Fact("field", "premises"), new Fact("field", "agent")]
        );
        var http = With("Accept-Language", "en-GB, zh;q=0.5");
        await http.Refused(refusal).ExecuteAsync(http);
        http.Response.StatusCode.ShouldBe(422);
        var problem = Written(http);
        problem.GetProperty("type").GetString().ShouldBe("urn:townreform:refusal:1006");
        problem.GetProperty("code").GetInt32().ShouldBe(1006);
        problem.GetProperty("clause").GetString().ShouldBe("A3");
        problem.GetProperty("detail").GetString().ShouldBe("Two fields are missing.");
        problem.GetProperty("because").GetProperty("zh").GetString().ShouldBe("缺少两栏。");
        problem.GetProperty("recorded").GetBoolean().ShouldBeFalse();
        problem.GetProperty("errors").EnumerateObject().Select(error => error.Name).ShouldBe(["premises", "agent"]);
    }

    [Fact]
    public async Task Refusal_OfAVersion_TellsThePresentOne()
    {
        var moved = new Refusal(RefusalCode.CaseMovedOn, "I2", new Words("动", "moved"), [new Fact("seen", "3"), new Fact("version", "5")]);
        var http = With("X", "y");
        await http.Refused(moved).ExecuteAsync(http);
        (http.Response.StatusCode, http.Response.Headers.ETag.ToString()).ShouldBe((412, "\"5\""));
        Written(http).GetProperty("version").GetInt64().ShouldBe(5);
    }

    [Theory]
    [InlineData(1, "1")]
    [InlineData(1000, "1")]
    [InlineData(1001, "2")]
    public async Task Busy_Any_TellsWhenToComeAgain(int milliseconds, string seconds)
    {
        var http = With("X", "y");
        await http.Refused(Busy.After(TimeSpan.FromMilliseconds(milliseconds))).ExecuteAsync(http);
        (http.Response.StatusCode, http.Response.Headers.RetryAfter.ToString()).ShouldBe((503, seconds));
    }

    private static JsonElement Written(HttpContext http)
    {
        http.Response.ContentType.ShouldBe(Problem.MediaType);
        return JsonDocument.Parse(((MemoryStream)http.Response.Body).ToArray()).RootElement;
    }

    private static async Task<IdempotencyKey> KeyAsync(string sent) =>
        (await IdempotencyKey.BindAsync(With(IdempotencyKey.Header, sent), Any)).ShouldNotBeNull();

    private static RequestFault Fault(string header, params string[] sent) =>
        Should.Throw<RequestFault>(() => IdempotencyKey.BindAsync(With(header, sent), Any).AsTask().GetAwaiter());

    private static DefaultHttpContext With(string header, params string[] sent)
    {
        var services = new ServiceCollection().ConfigureHttpJsonOptions(json => ApiJson.Configure(json.SerializerOptions));
        var http = new DefaultHttpContext { RequestServices = services.BuildServiceProvider() };
        http.Response.Body = new MemoryStream();
        if (sent.Length > 0)
        {
            http.Request.Headers[header] = sent;
        }

        return http;
    }

    private sealed record Sample(string Name, int Count, SampleInside? Inner = null);

    private sealed record SampleInside(ClockColour Colour = ClockColour.Green);
}
