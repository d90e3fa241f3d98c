using TownReform.Client.Clauses;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Seeds;
using TownReform.Tests.Fixtures;

namespace TownReform.Client.Tests.Terminal;

/// <summary>What is claimed of the clauses of the plans is proved by rules and tests.</summary>
public sealed class ClausesTests
{
    private static readonly string Seeds = Path.Combine(SourceFolder.Path, "seeds");

    private static readonly Dictionary<char, int> Counts = new()
    {
        ['A'] = 8,
        ['B'] = 12,
        ['C'] = 7,
        ['D'] = 7,
        ['E'] = 11,
        ['F'] = 6,
        ['G'] = 9,
        ['H'] = 5,
        ['I'] = 4,
    };

    [Fact]
    public async Task Each_claim_has_a_rule_or_procedure_and_a_test()
    {
        var typed = await Typed.RunAsync("clauses", "--seeds", Seeds);
        typed.Code.ShouldBe(0, typed.Complained);
        typed.Complained.ShouldBe("");
    }

    [Fact]
    public void The_list_has_the_69_clauses_of_the_plans()
    {
        var lines = ClauseLine.All(SeedLoader.Load(Seeds), ClauseTests.Beside(Seeds), null);
        lines.GroupBy(line => line.Clause[0]).ToDictionary(part => part.Key, part => part.Count()).ShouldBe(Counts, ignoreOrder: true);
        lines.Select(line => line.Clause).ShouldBeUnique();
    }

    [Fact]
    public void A_rule_that_cites_a_clause_belongs_to_one_that_is_claimed()
    {
        var lines = ClauseLine.All(SeedLoader.Load(Seeds), ClauseTests.Beside(Seeds), null);
        lines.Where(line => line.State == ClauseState.Absent && !line.Rules.IsEmpty).Select(line => line.Clause).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("public sealed class X\n{\n    [Fact]\n    public void A()\n", "")]
    [InlineData(
        "[ShowsClause(\"E2\")]\npublic sealed class X\n{\n    [Fact]\n    public void A()\n    [Theory]\n    public async Task B(int n)\n",
        "E2=2"
    )]
    [InlineData(
        "public sealed class X\n{\n    [Fact]\n    [ShowsClause(\"E2\", \"A3\")]\n    public void A()\n    [Fact]\n    public void B()\n",
        "A3=1 E2=1"
    )]
    [InlineData("[ShowsClause(\"E2\")]\npublic sealed class X\n{\n    public void Helper()\n", "")]
    public void Tests_are_counted_by_the_clauses_that_they_show(string source, string expected)
    {
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        ClauseTests.Count(source, found);
        string.Join(' ', found.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}={f.Value}")).ShouldBe(expected);
    }

    [Fact]
    public async Task A_claim_without_a_test_is_told_with_exit_3()
    {
        var folder = Directory.CreateTempSubdirectory("clauses").FullName;
        try
        {
            Copy(Seeds, Path.Combine(folder, "seeds"));
            // Sources of tests that show nothing.
            Directory.CreateDirectory(Path.Combine(folder, "tests"));
            var typed = await Typed.RunAsync("clauses", "--seeds", Path.Combine(folder, "seeds"), "--lang", "en");
            typed.Code.ShouldBe(3);
            typed.Complained.ShouldContain("E2");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task The_status_of_the_readme_is_the_table_that_the_console_writes()
    {
        var typed = await Typed.RunAsync("clauses", "--markdown", "--seeds", Seeds);
        File.ReadAllText(Path.Combine(SourceFolder.Path, "README.md")).ShouldContain(typed.Said);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
