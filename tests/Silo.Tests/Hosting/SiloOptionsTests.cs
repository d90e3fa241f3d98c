using TownReform.Silo.Hosting;

namespace TownReform.Silo.Tests.Hosting;

public sealed class SiloOptionsTests
{
    [Fact]
    public void Parse_Nothing_TakesTheDefaults()
    {
        var (options, fault) = Parse();
        fault.ShouldBeNull();
        (options.SiloPort, options.GatewayPort, options.Chinese, options.Folder).ShouldBe((11111, 30000, false, Path.GetFullPath("data")));
    }

    [Fact]
    public void Parse_LineAgainstEnvironment_LineWins()
    {
        var (options, _) = SiloOptions.Parse(
            ["--data", "/a", "--lang=en"],
            name =>
                name is "TOWNREFORM_DATA" ? "/b"
                : name is "LANG" ? "zh_CN.UTF-8"
                : null
        );
        (options.Folder, options.Chinese).ShouldBe(("/a", false));
    }

    [Fact]
    public void Parse_EnvironmentAlone_IsTaken()
    {
        var (options, _) = SiloOptions.Parse(
            [],
            name =>
                name is "TOWNREFORM_DATA" ? "/b"
                : name is "LANG" ? "zh_CN.UTF-8"
                : null
        );
        (options.Folder, options.Chinese).ShouldBe(("/b", true));
    }

    [Theory]
    [InlineData("--port", "1")]
    [InlineData("--silo-port")]
    [InlineData("--silo-port", "0")]
    [InlineData("--gateway-port", "65536")]
    [InlineData("--gateway-port", "11111")]
    [InlineData("--lang", "fr")]
    [InlineData("--http", "0")]
    [InlineData("--http", "30000")]
    [InlineData("--dashboard")]
    [InlineData("--http", "8080", "--dashboard", "--address", "10.0.0.1")]
    [InlineData("--most-at-once", "0")]
    [InlineData("--otlp", "collector")]
    [InlineData("stray")]
    public void Parse_BadLine_TellsIt(params string[] line) => Parse(line).Fault.ShouldNotBeNull();

    [Fact]
    public void Parse_WebOnAClusterWithAGatewayPort_TellsIt()
    {
        string[] web = ["--role", "web", "--http", "8080", "--storage", "postgres", "--connection", "Host=db"];
        Parse(web).Fault.ShouldBeNull();
        Parse([.. web, "--gateway-port", "30000"]).Fault!.En.ShouldContain("the database tells the gateways");
    }

    /// <summary>A web process has no port of a silo that others could take.</summary>
    [Theory]
    [InlineData("--http", "11111")]
    [InlineData("--http", "8080", "--gateway-port", "11111")]
    public void Parse_WebOnThePortsOfSilos_IsTaken(params string[] line) => Parse(["--role", "web", .. line]).Fault.ShouldBeNull();

    [Theory]
    [InlineData("1")]
    [InlineData("65535")]
    public void Parse_PortAtItsBound_IsTaken(string port) => Parse("--gateway-port", port).Fault.ShouldBeNull();

    [Fact]
    public void Parse_TheSameTwice_TakesTheLast() => Parse("--silo-port", "1", "--silo-port=2").Options.SiloPort.ShouldBe(2);

    [Theory]
    [InlineData("'--port'", "--port", "1")]
    [InlineData("'--port'", "--port=1")]
    [InlineData("'stray'", "--dashboard", "stray")]
    [InlineData("--data needs a value", "--data", "--dashboard")]
    [InlineData("--data needs a value", "--data=")]
    [InlineData("--lang is zh or en, not 'fr'", "--lang", "fr")]
    [InlineData("'@missing'", "@missing")]
    [InlineData("--role is silo or web, not 'client'", "--role", "client")]
    [InlineData("--role web needs --http", "--role", "web")]
    [InlineData("--clock belongs to a silo", "--role", "web", "--http", "8080", "--clock", "2019-06-03T09:00")]
    [InlineData("--silo-port belongs to a silo", "--role", "web", "--http", "8080", "--silo-port", "11112")]
    public void Parse_BadLine_NamesWhatIsWrong(string said, params string[] line) => Parse(line).Fault!.En.ShouldContain(said);

    [Theory]
    [InlineData("--oidc-client-id needs --oidc-authority", "--oidc-client-id", "town")]
    [InlineData("--oidc-scopes needs --oidc-authority", "--oidc-scopes", "profile")]
    [InlineData("not 'id.example'", "--oidc-authority", "id.example")]
    [InlineData("not 'http://id.example/'", "--oidc-authority", "http://id.example/")]
    [InlineData("not 'https://a@id.example/'", "--oidc-authority", "https://a@id.example/")]
    [InlineData("not 'https://id.example/?a=b'", "--oidc-authority", "https://id.example/?a=b")]
    [InlineData("needs --oidc-client-id", "--oidc-authority", "https://id.example/")]
    [InlineData("TOWNREFORM_OIDC_SECRET", "--oidc-authority", "https://id.example/", "--oidc-client-id", "town")]
    [InlineData("can't be read", "--oidc-authority", "https://id.example/", "--oidc-client-id", "town", "--oidc-secret-file", "/nowhere/x")]
    [InlineData("empty or holds", "--oidc-authority", "https://id.example/", "--oidc-client-id", "town", "--oidc-secret-file", "/dev/null")]
    [InlineData("need each other", "--token-issuer", "https://id.example/")]
    [InlineData("need each other", "--token-audience", "town-api")]
    [InlineData("not 'http://id.example/'", "--token-issuer", "http://id.example/", "--token-audience", "town-api")]
    [InlineData("need --http", "--token-issuer", "http://127.0.0.1:1/", "--token-audience", "town-api")]
    [InlineData("not 'proxy.example'", "--proxy", "10.0.0.1,proxy.example")]
    public void Parse_OutsideProviderThatCannotWork_NamesWhatIsWrong(string said, params string[] line) =>
        Parse(line).Fault!.En.ShouldContain(said);

    [Fact]
    public void Parse_OutsideProvider_IsTakenWithItsSecretNeverShown()
    {
        string[] line = ["--http", "8080", "--oidc-authority", "https://id.example/a", "--oidc-client-id", "town", "--oidc-scopes", "a, b"];
        var (options, fault) = SiloOptions.Parse(line, name => name == "TOWNREFORM_OIDC_SECRET" ? "hidden" : null);
        fault.ShouldBeNull();
        var provider = options.Identity.Provider.ShouldNotBeNull();
        (provider.ClientSecret, provider.Authority.AbsoluteUri).ShouldBe(("hidden", "https://id.example/a"));
        provider.Scopes.ShouldBe(["a", "b"]);
        $"{options}".ShouldNotContain("hidden");
        SiloOptions
            .Parse([.. line, "--token-issuer", "https://id.example/a", "--token-audience", "town"], _ => "hidden")
            .Fault!.En.ShouldContain("must differ");
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("-?")]
    public void Parse_Help_IsAskedFor(string option) => Parse("--port", "1", option).Options.Help.ShouldBeTrue();

    [Fact]
    public void Usage_EachOption_IsExplainedInBothLanguages()
    {
        foreach (var option in SiloLine.Options)
        {
            var (zh, en) = (LineOf(SiloUsage.Text.Zh, option.Name), LineOf(SiloUsage.Text.En, option.Name));
            zh.ShouldEndWith(option.About.Zh);
            en.ShouldEndWith(option.About.En);
        }
    }

    private static string LineOf(string usage, string option) =>
        usage.Split('\n').Select(line => line.TrimEnd()).Single(line => line.StartsWith($"  {option} ", StringComparison.Ordinal));

    private static (SiloOptions Options, Words? Fault) Parse(params string[] line) => SiloOptions.Parse(line, _ => null);
}
