using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests;

/// <summary>Files and methods of the product are short enough to be read at once: 220 lines, 40 lines. What is longer is named here with
/// its reason; nothing new comes to it.</summary>
public sealed class SourceSizeTests
{
    private const int LongestFile = 220;
    private const int LongestMethod = 40;

    /// <summary>Read best whole: one list in one order, without a decision in it.</summary>
    private static readonly string[] FilesThatStay =
    [
        // The Chinese of each loader fault, in the order of the faults.
        "Grains/Seeds/FaultWords.cs",
        // Every number of a refusal, in the order of the areas.
        "Grains.Interfaces/Refusal.cs",
        // A run's tables one after the other, as the page shows them.
        "Client/Reports/SummaryTables.cs",
    ];

    /// <summary>Still to be split by idea.</summary>
    private static readonly string[] FilesToSplit =
    [
        "Client/Commands/LawCommand.cs",
        "Client/Live/TownNames.cs",
        "Grains/Cases/CaseFactsGathering.cs",
        "Grains/Journal/Audit/CommitBreak.cs",
        "Grains/Journal/Outbox/EffectDispatch.cs",
        "Grains/Journal/Redo/JournalWriter.cs",
        "Grains/Seeds/ProcedureChecks.cs",
        "Grains/Seeds/TownChecks.cs",
        "Grains/Simulation/CaseFlow.cs",
        "Grains/Simulation/Results/RunSummary.cs",
        "Silo/Program.cs",
    ];

    /// <summary>Read best whole: a list of options, of fields, of the columns of a table, or the bytes of a hash in their order.</summary>
    private static readonly string[] MethodsThatStay =
    [
        "Client/Load/LoadTables.cs Write",
        "Grains/Journal/HashChain.cs Next",
        "Grains/Seeds/PolicyShape.cs Root",
        "Grains/Simulation/Scenarios/ScenarioShape.cs Root",
        "Silo/Hosting/SiloLine.cs Options",
    ];

    /// <summary>Still to be split: most are a command whose work stands inside the list of its options.</summary>
    private static readonly string[] MethodsToSplit =
    [
        "Client/Commands/AuditCheckCommand.cs Draw",
        "Client/Commands/AuditSalvageCommand.cs Build",
        "Client/Commands/AuditSalvageCommand.cs Draw",
        "Client/Commands/BackupCommand.cs Build",
        "Client/Commands/BackupCommand.cs BuildRestore",
        "Client/Commands/CaseListCommand.cs Build",
        "Client/Commands/CatalogueCommand.cs Draw",
        "Client/Commands/CompareCommand.cs Build",
        "Client/Commands/InboxCommand.cs Build",
        "Client/Commands/LawCommand.cs Show",
        "Client/Commands/LoadCommand.cs RunAsync",
        "Client/Commands/SimulateCommand.cs Build",
        "Client/Commands/TownsCommand.cs Build",
        "Client/Load/OverloadTrial.cs RunAsync",
        "Client/Terminal/Listing.cs Write",
        "Grains/Audit/EndState/AssessmentArea.cs Judge",
        "Grains/Audit/EndState/CaseArea.cs Follow",
        "Grains/Audit/EndState/CommandsCheck.cs Judge",
        "Grains/Audit/EndState/SealArea.cs Judge",
        "Grains/Cases/CaseFactsGathering.cs ForActAsync",
        "Grains/Cases/CaseFactsGathering.cs ForOpeningAsync",
        "Grains/Intake/IntakeGrain.cs OpenOnceAsync",
        "Grains/Journal/ChainLink.cs After",
        "Grains/Journal/Postgres/PostgresScan.cs ScanAsync",
        "Grains/Journal/Redo/RedoFrame.cs Read",
        "Grains/Journal/Sqlite/Redo/RedoReading.cs Reach",
        "Grains/Journal/Sqlite/Redo/RedoVerdict.cs Follow",
        "Grains/Journal/Sqlite/Salvage/SalvageAside.cs Write",
        "Grains/Journal/Sqlite/Salvage/Salvager.cs Save",
        "Grains/Journal/Sqlite/Salvage/StreamSieve.cs Run",
        "Grains/Matters/Binding/FunctionBinder.cs Field",
        "Grains/Matters/Penalties/PenaltySimulation.cs Declare",
        "Grains/Seeds/CalendarLoader.cs Load",
        "Grains/Seeds/CountyLoader.cs Load",
        "Grains/Seeds/LawChecks.cs Version",
        "Grains/Seeds/ProcedureReads.cs Bind",
        "Grains/Seeds/SeedLoader.cs Load",
        "Grains/Seeds/SeedLoader.cs Towns",
        "Grains/Seeds/TownLoader.cs Load",
        "Grains/Simulation/Deliveries.cs FollowAsync",
        "Grains/Simulation/Scenarios/BehaviourChecks.cs Fields",
        "Grains/Simulation/Scenarios/ScenarioLoader.cs Read",
        "Grains/Simulation/Spread/ClusterRun.cs RunAsync",
        "Silo/Doors/GuardedInput.cs Look",
        "Silo/Doors/TlsFiles.cs Read",
        "Silo/Hosting/LiveSilo.cs Compose",
        "Silo/Hosting/SiloOptions.cs Parse",
        "Silo/Program.cs RunAsync",
    ];

    private static readonly Lazy<(string[] Files, string[] Methods)> Long = new(Find);

    [Fact]
    public void Files_OfTheProduct_AreAtMost220Lines() => Long.Value.Files.Except(FilesThatStay).Except(FilesToSplit).ShouldBeEmpty();

    [Fact]
    public void Methods_OfTheProduct_AreAtMost40Lines() =>
        Long.Value.Methods.Except(MethodsThatStay).Except(MethodsToSplit).ShouldBeEmpty();

    [Fact]
    public void WhatIsExcepted_StillIsLong()
    {
        FilesThatStay.Concat(FilesToSplit).Except(Long.Value.Files).ShouldBeEmpty();
        MethodsThatStay.Concat(MethodsToSplit).Except(Long.Value.Methods).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(40, false)]
    [InlineData(41, true)]
    public void IsLong_AtTheLimit(int lines, bool isLong)
    {
        var method =
            $"class C\n{{\n    /// <summary>Not counted.</summary>\n    int M()\n    {{\n{new string('\n', lines - 3)}    }}\n}}\n";
        LongMethods(CSharpSyntaxTree.ParseText(method, cancellationToken: TestContext.Current.CancellationToken)).Any().ShouldBe(isLong);
    }

    private static (string[] Files, string[] Methods) Find()
    {
        var (files, methods) = (new List<string>(), new List<string>());
        foreach (var file in new[] { "Client", "Silo", "Grains", "Grains.Interfaces" }.SelectMany(RealSeeds.Sources))
        {
            var (text, name) = (File.ReadAllText(file), file[(file.IndexOf("/../", StringComparison.Ordinal) + 4)..]);
            if (text.AsSpan().Count('\n') > LongestFile)
            {
                files.Add(name);
            }

            methods.AddRange(LongMethods(CSharpSyntaxTree.ParseText(text)).Select(method => $"{name} {method}"));
        }

        return ([.. files.Distinct()], [.. methods.Distinct()]);
    }

    // From the signature to its end: comments before it don't count.
    private static IEnumerable<string> LongMethods(SyntaxTree tree) =>
        tree.GetRoot()
            .DescendantNodes()
            .Where(node => node is BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax)
            .Where(node =>
                tree.GetLineSpan(node.Span) is var span && span.EndLinePosition.Line - span.StartLinePosition.Line >= LongestMethod
            )
            .Select(node =>
                node switch
                {
                    MethodDeclarationSyntax method => method.Identifier.Text,
                    PropertyDeclarationSyntax property => property.Identifier.Text,
                    _ => node.Kind().ToString(),
                }
            );
}
