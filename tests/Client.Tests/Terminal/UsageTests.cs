using System.CommandLine;
using TownReform.Client.Reports;
using TownReform.Client.Terminal;
using TownReform.Grains.Seeds;
using TownReform.Silo.Hosting;

namespace TownReform.Client.Tests.Terminal;

public sealed class UsageTests
{
    [Theory]
    [InlineData("")]
    [InlineData("cases")]
    [InlineData("case")]
    [InlineData("case open --town yandian --item YD-XK-001")]
    [InlineData("case open --town yandian --item YD-XK-001 --party C1 --colour red")]
    [InlineData("case open --town yandian --town guyun --item YD-XK-001 --party C1")]
    [InlineData("case act YD00000001 accept --as")]
    [InlineData("case show")]
    [InlineData("case list --state lost")]
    [InlineData("case list --take 0")]
    [InlineData("case list --take 1001")]
    [InlineData("case list --workplace enforcement")]
    [InlineData("case open --town yandian --item YD-XK-001 --party C1 --command-id 7")]
    [InlineData("case open --town yandian --item YD-XK-001 --party C1 --field novalue")]
    [InlineData("staff show NOBODY --town yandian")]
    [InlineData("staff second YD-029 --town yandian --to no --from 2026-03-02 --until 2026-04-01 --need x")]
    [InlineData("staff leave YD-029 --town yandian --from 2026-02-30 --until 2026-03-01")]
    [InlineData("power recall YD-XK-001 --town yandian --reason x")]
    [InlineData("towns --gateway here")]
    [InlineData("towns --gateway 127.0.0.1:0")]
    [InlineData("towns --lang fr")]
    [InlineData("audit verify --file /no/such/file")]
    [InlineData("audit verify --checkpoint 1:ab")]
    [InlineData("catalogue check --seeds /no/such/folder")]
    [InlineData("law show no.such.figure")]
    [InlineData("law show --on yesterday")]
    [InlineData("law diff 2021-07-14 tomorrow")]
    [InlineData("law diff 2021-07-14")]
    [InlineData("compare /no/such/run /no/such/run")]
    [InlineData("completion tcsh")]
    public async Task Run_BadLine_IsBadInputWithAMessage(string line)
    {
        var typed = await Typed.LineAsync(line);
        typed.Code.ShouldBe(ExitCode.BadInput);
        typed.Complained.ShouldNotBeEmpty();
        typed.Complained.ShouldNotContain("   at ");
        typed.Said.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("case open --town yandian --item YD-XK-001 --party C1 --colour red", "--colour")]
    [InlineData("case open --town yandian --item YD-XK-001 --party C1 --colour=red", "--colour")]
    [InlineData("simulte", "simulate")]
    [InlineData("case opne", "open")]
    [InlineData("case show YD00000001 --jsn", "--json")]
    public async Task Run_Mistyped_NamesItAndTheNearest(string line, string told)
    {
        var typed = await Typed.LineAsync(line + " --lang en");
        typed.Code.ShouldBe(ExitCode.BadInput);
        typed.Complained.ShouldContain(told);
        typed.Complained.ShouldNotContain("'red'");
    }

    [Theory]
    [InlineData("case show --json")]
    [InlineData("staff show NOBODY --town yandian --json")]
    public async Task Run_FaultForAProgram_IsJson(string line)
    {
        var typed = await Typed.LineAsync(line);
        typed.Code.ShouldBe(ExitCode.BadInput);
        using var json = System.Text.Json.JsonDocument.Parse(typed.Said);
        json.RootElement.GetProperty("fault").GetProperty("code").GetInt32().ShouldBe(ExitCode.BadInput);
        json.RootElement.GetProperty("fault").GetProperty("words").GetProperty("zh").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Run_NobodyAtTheGateway_IsUnreachable()
    {
        var free = Silo.Tests.Fixtures.SiloProcess.FreePorts();
        (await Typed.LineAsync($"towns --gateway 127.0.0.1:{free.Gateway}")).Code.ShouldBe(ExitCode.Unreachable);
    }

    [Fact]
    public async Task Run_SameFaultInBothLanguages_Differs()
    {
        var (zh, en) = (await Typed.LineAsync("case show --lang zh"), await Typed.LineAsync("case show --lang en"));
        zh.Complained.ShouldNotBe(en.Complained);
        (zh.Code, en.Code).ShouldBe((ExitCode.BadInput, ExitCode.BadInput));
    }

    [Theory]
    [InlineData(Lang.Zh)]
    [InlineData(Lang.En)]
    public void Help_OfEveryCommand_HasAnExampleThatParses(Lang lang)
    {
        var shell = new Shell(lang);
        var root = CommandTree.Build(shell);
        foreach (var command in Below(root))
        {
            var example = shell.ExampleOf(command).ShouldNotBeNull(command.Name);
            var words = example.Split('>')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            root.Parse(words).Errors.ShouldBeEmpty(example);
            command.Description.ShouldNotBeNullOrEmpty();
        }
    }

    [Fact]
    public void Help_Examples_NameOnlyWhatTheSeedsHave()
    {
        var seeds = SeedLoader.Load(SeedsFolder.Find(null).Folder!);
        var shell = new Shell(Lang.En);
        var root = CommandTree.Build(shell);
        var looked = 0;
        foreach (var example in Below(root).Select(c => shell.ExampleOf(c)!))
        {
            string[] words = [.. example.Split('>')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)];
            var plan = seeds.Towns.Values.FirstOrDefault(t => words.Contains(t.Code)) ?? seeds.Towns["yandian"];
            foreach (var (option, value) in words.Zip(words.Skip(1)))
            {
                looked++;
                (
                    option switch
                    {
                        "--town" => seeds.Towns.ContainsKey(value),
                        "--office" or "--to" or "--bureau" => plan.Organs.Any(o => o.Code == value)
                            || plan.CountyDepartments.Any(d => d.Code == value),
                        "--procedure" => seeds.Procedures.ContainsKey(value.Split('=')[^1]),
                        _ when value.StartsWith(plan.Prefix + "-", StringComparison.Ordinal) => plan.Items.ContainsKey(value)
                            || plan.Staff.Concat(plan.StationedStaff).Any(p => p.Id == value),
                        _ => true,
                    }
                ).ShouldBeTrue($"{option} {value} in: {example}");
            }
        }

        looked.ShouldBeGreaterThan(30);
    }

    [Fact]
    public async Task Help_OfACommand_ShowsTheExample()
    {
        var typed = await Typed.LineAsync("case open --help");
        typed.Code.ShouldBe(ExitCode.Done);
        typed.Said.ShouldContain($"{CommandTree.Name} case open --town");
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public async Task Completion_KnownShell_IsPrinted(string kind) =>
        (await Typed.RunAsync("completion", kind)).Code.ShouldBe(ExitCode.Done);

    [Theory]
    [InlineData("zh_CN.UTF-8", null, Lang.Zh)]
    [InlineData("C", "zh_CN.UTF-8", Lang.En)]
    [InlineData(null, "zh_CN.UTF-8", Lang.Zh)]
    [InlineData("", "en_GB.UTF-8", Lang.En)]
    [InlineData(null, null, Lang.En)]
    public void Language_OfTheEnvironment_IsTaken(string? all, string? lang, Lang expected) =>
        ConsoleLanguage
            .Of(
                [],
                name =>
                    name == "LC_ALL" ? all
                    : name == "LANG" ? lang
                    : null
            )
            .ShouldBe(expected);

    [Fact]
    public void Language_OnTheLine_Wins() => ConsoleLanguage.Of(["--lang=en"], _ => "zh_CN").ShouldBe(Lang.En);

    private static IEnumerable<Command> Below(Command command) => command.Subcommands.SelectMany(c => Below(c).Prepend(c));
}
