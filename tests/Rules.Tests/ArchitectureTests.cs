using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using NetArchTest.Rules;
using TownReform.Grains.Matters;
using TownReform.Grains.Rules.Cases;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests;

/// <summary>What the compiler alone doesn't hold: rules stay pure, the contract holds no logic, and every "no" cites its clause.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly Assembly Grains = typeof(CaseRules).Assembly;
    private static readonly Assembly Contract = typeof(ICaseGrain).Assembly;

    /// <summary>Clauses of the two plans: the last number under each letter.</summary>
    private static readonly Dictionary<char, int> Clauses = new()
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

    [Theory]
    [InlineData("Orleans")]
    [InlineData("System.Threading.Tasks")]
    [InlineData("System.Threading.Thread")]
    [InlineData("System.IO")]
    [InlineData("System.Net")]
    [InlineData("System.Random")]
    [InlineData("System.TimeProvider")]
    [InlineData("System.Diagnostics.Stopwatch")]
    [InlineData("Microsoft")]
    public void Rules_Any_DependOnNothingImpure(string what)
    {
        Rules().GetTypes().Count().ShouldBeGreaterThan(60);
        Offenders(Rules().ShouldNot().HaveDependencyOnAny(what)).ShouldBeEmpty();
    }

    /// <summary>What is in the contracts' assembly for clients, and is none: how they name a grain, and how they live through a restart and
    /// through overload.</summary>
    private static readonly Type[] ForClients =
    [
        typeof(Address),
        typeof(Busy),
        typeof(AnsweringBusy),
        typeof(SendingAgain),
        typeof(SendingAgainRegistration),
        typeof(RetryPolicy),
        typeof(JournalConflictException),
        typeof(TownFaultException),
        typeof(RefusedOutcome),
        typeof(Openings),
        typeof(GrainReferences),
    ];

    [Fact]
    public void Rules_Any_KnowNothingOfTheJournal()
    {
        var journal = Grains
            .GetTypes()
            .Where(t => t.Namespace?.StartsWith("TownReform.Grains.Journal", StringComparison.Ordinal) == true && !t.IsNested);
        Offenders(Rules().ShouldNot().HaveDependencyOnAny([.. journal.Select(t => t.FullName!)])).ShouldBeEmpty();
    }

    [Fact]
    public void Rules_Any_KnowNoOffice() =>
        Offenders(Rules().ShouldNot().HaveDependencyOnAny([.. GrainTypes().Select(t => t.Namespace!).Distinct()])).ShouldBeEmpty();

    /// <summary>No grain and no interpreter names a matter: whatever is outside the folders of matters knows none of them.</summary>
    [Fact]
    public void Grains_OutsideMatters_KnowNoMatter()
    {
        string[] folders = [.. MatterFolders().Distinct()];
        folders.Length.ShouldBeGreaterThan(4);
        Types.InAssembly(Grains).GetTypes().Count(t => !IsOf(t, folders)).ShouldBeGreaterThan(500);
        Offenders(Outside(folders).ShouldNot().HaveDependencyOnAny(folders)).ShouldBeEmpty();
    }

    [Fact]
    public void Rules_Statics_NeverChange() =>
        Grains
            .GetTypes()
            .Where(IsRule)
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(f => !f.IsInitOnly && !f.IsLiteral && !IsGenerated(f) && !IsGenerated(f.DeclaringType!))
            .Select(f => $"{f.DeclaringType}.{f.Name}")
            .ShouldBeEmpty();

    [Fact]
    public void Grains_Any_AreSealedAndNamed()
    {
        GrainTypes().ShouldNotBeEmpty();
        GrainTypes().Where(t => !t.IsSealed || !t.Name.EndsWith("Grain", StringComparison.Ordinal)).ShouldBeEmpty();
        GrainTypes().Where(t => t.GetCustomAttribute<GrainTypeAttribute>() is null).ShouldBeEmpty();
    }

    /// <summary>A grain that is to leave takes no call any more, and leaves only when those under way have ended: one that waits for a call
    /// to itself waits for ever.</summary>
    [Fact]
    public void Grains_Any_CallThemselvesNever() =>
        RealSeeds.Sources("Grains").Where(f => File.ReadAllText(f).Contains("this.AsReference", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void Contract_Any_IsAnInterfaceARecordOrAnEnum() =>
        ContractTypes()
            .Where(t => !t.IsInterface && !t.IsEnum && !IsRecord(t) && !ForClients.Contains(t.DeclaringType ?? t))
            .ShouldBeEmpty();

    [Fact]
    public void Contract_Records_HoldNoLogic()
    {
        var methods = ContractTypes()
            .Where(IsRecord)
            .SelectMany(t =>
                t.GetMethods(
                    BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly
                )
            )
            .Where(m => !m.IsSpecialName && !IsGenerated(m) && !m.Name.StartsWith('<'))
            .Select(m => $"{m.DeclaringType!.Name}.{m.Name}");
        methods.Order(StringComparer.Ordinal).ShouldBe(["Outcome`1.IsRefused", "Words.ToString"]);
    }

    /// <summary>Besides the rules, only who is asked too much at once refuses.</summary>
    [Fact]
    public void Refusals_EachCode_IsGivenByARule()
    {
        var sources = string.Concat(
            RealSeeds
                .Sources("Grains/Rules")
                .Concat(RealSeeds.Sources("Grains/Matters"))
                .Append(Path.Combine(SourceFolder.Path, "Grains.Interfaces", "Busy.cs"))
                .Select(File.ReadAllText)
        );
        Enum.GetNames<RefusalCode>().Where(code => !Regex.IsMatch(sources, $@"RefusalCode\.{code}\b")).ShouldBeEmpty();
    }

    [Fact]
    public void Refusals_Any_AreMadeByRulesOnly() =>
        RealSeeds
            .Sources("Grains")
            .Where(f =>
                !f.Contains("/Rules/", StringComparison.Ordinal)
                && !f.Contains("/Matters/", StringComparison.Ordinal)
                && !f.Contains("/Recording/", StringComparison.Ordinal)
                && Refusal().IsMatch(File.ReadAllText(f))
            )
            .ShouldBeEmpty();

    [Fact]
    public void Refusals_Any_CiteAClauseThatThereIs()
    {
        var cited = RealSeeds
            .Sources("Grains")
            .SelectMany(f => Refusal().Matches(File.ReadAllText(f)))
            .Select(m => m.Groups["clause"].Value)
            .ToList();
        cited.Count.ShouldBeGreaterThan(50);
        cited.Where(c => !IsClause(c)).ShouldBeEmpty();
    }

    [Fact]
    public void MatterLibrary_Rules_CiteAClauseThatThereIs() =>
        MatterLibrary.Rules.Values.Where(r => !IsClause(r.Clause)).Select(r => r.Name).ShouldBeEmpty();

    // A clause of the plans, or a statute with its article.
    private static bool IsClause(string text) =>
        (
            text.Length >= 2
            && Clauses.TryGetValue(text[0], out var last)
            && int.TryParse(text[1..], out var number)
            && number >= 1
            && number <= last
        ) || text.Contains('§', StringComparison.Ordinal);

    // Wherever rules live: those of all matters, and each matter's own.
    private static PredicateList Rules() =>
        Types
            .InAssembly(Grains)
            .That()
            .ResideInNamespaceStartingWith("TownReform.Grains.Rules")
            .Or()
            .ResideInNamespaceStartingWith("TownReform.Grains.Matters");

    private static IEnumerable<string> MatterFolders() =>
        Grains.GetTypes().Where(t => t is { IsClass: true } && typeof(IMatter).IsAssignableFrom(t)).Select(t => t.Namespace!);

    private static PredicateList Outside(string[] folders)
    {
        var outside = Types.InAssembly(Grains).That().ResideInNamespaceStartingWith("TownReform.Grains");
        return folders.Aggregate(outside, (all, folder) => all.And().DoNotResideInNamespaceStartingWith(folder));
    }

    private static bool IsOf(Type type, string[] folders) => folders.Contains(type.Namespace);

    private static bool IsRule(Type type) =>
        type.Namespace is { } space
        && (
            space.StartsWith("TownReform.Grains.Rules", StringComparison.Ordinal)
            || space.StartsWith("TownReform.Grains.Matters", StringComparison.Ordinal)
        );

    private static IEnumerable<string> Offenders(ConditionList rule) => rule.GetResult().FailingTypeNames ?? [];

    private static List<Type> GrainTypes() =>
        [.. Grains.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false } && typeof(IGrainBase).IsAssignableFrom(t))];

    private static IEnumerable<Type> ContractTypes() =>
        Contract
            .GetTypes()
            .Where(t =>
                t.Namespace == "TownReform"
                && !IsGenerated(t)
                && !t.Name.StartsWith('<')
                && t.GetCustomAttribute<System.CodeDom.Compiler.GeneratedCodeAttribute>() is null
            );

    private static bool IsRecord(Type type) =>
        type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly) is not null;

    private static bool IsGenerated(MemberInfo member) => member.GetCustomAttribute<CompilerGeneratedAttribute>() is not null;

    [GeneratedRegex(@"(?:No|new|new Refusal)\(\s*RefusalCode\.\w+,\s*""(?<clause>[^""]+)""")]
    private static partial Regex Refusal();
}
