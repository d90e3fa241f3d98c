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
    public void Parse_BadLine_NamesWhatIsWrong(string said, params string[] line) => Parse(line).Fault!.En.ShouldContain(said);

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
