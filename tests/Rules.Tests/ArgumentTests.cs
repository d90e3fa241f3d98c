using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests;

/// <summary>A row of more than six unnamed arguments can't be read, and two of one type change places unnoticed: such a call names them.
/// What goes into a <c>params</c> list doesn't count, since it has no place of its own.</summary>
public sealed class ArgumentTests
{
    private const int MostUnnamed = 6;

    /// <summary>Their calls are looked at when they are no longer in the making.</summary>
    private static readonly string[] InTheMaking = ["/Silo/Api/", "/Silo/Identity/", "/Silo/Papers/", "/Silo/Web/", "/Grains/Receipts/"];

    // What every project of the product uses without saying so.
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using TownReform.Grains.Inside;
        """;

    [Fact]
    public void Calls_OfTheProduct_NameTheirArgumentsBeyondSix() =>
        LongCalls(
                new[] { "Client", "Silo", "Grains", "Grains.Interfaces" }
                    .SelectMany(RealSeeds.Sources)
                    .Distinct()
                    .Where(file => !InTheMaking.Any(Path.GetFullPath(file).Contains))
                    .Select(file => (file, File.ReadAllText(file)))
            )
            .ShouldBeEmpty();

    [Theory]
    [InlineData("F(1, 2, 3, 4, 5, 6)", false)]
    [InlineData("F(1, 2, 3, 4, 5, 6, 7)", true)]
    [InlineData("F(1, 2, 3, 4, 5, 6, g: 7)", false)]
    [InlineData("List(1, 2, 3, 4, 5, 6, 7, 8)", false)]
    [InlineData("new C(1, 2, 3, 4, 5, 6, 7)", true)]
    [InlineData("M(new(1, 2, 3, 4, 5, 6, 7))", true)]
    [InlineData("Unknown(1, 2, 3, 4, 5, 6, 7)", true)]
    public void IsLong_AtTheLimit(string call, bool isLong)
    {
        var source = $$"""
            class C(int a, int b, int c, int d, int e, int f, int g)
            {
                static object F(int a, int b, int c, int d, int e, int f, int g = 0) => a;
                static object List(int a, params int[] all) => a;
                static object M(C c) => c;
                object made = {{call}};
            }
            """;
        LongCalls([("C.cs", source)]).Count.ShouldBe(isLong ? 1 : 0);
    }

    private static List<string> LongCalls(IEnumerable<(string Name, string Text)> sources)
    {
        var trees = sources
            .Append(("Usings.cs", Usings))
            .AsParallel()
            .AsOrdered()
            .Select(source => CSharpSyntaxTree.ParseText(source.Item2, path: source.Item1))
            .ToList();
        var program = CSharpCompilation.Create("product", trees, References(), new(OutputKind.DynamicallyLinkedLibrary));
        return [.. trees.SelectMany(tree => Rows(tree).Where(row => IsLong(row, program.GetSemanticModel(row.SyntaxTree)))).Select(Place)];
    }

    private static IEnumerable<ArgumentListSyntax> Rows(SyntaxTree tree) =>
        tree.GetRoot().DescendantNodes().OfType<ArgumentListSyntax>().Where(row => Unnamed(row, row.Arguments.Count) > MostUnnamed);

    private static bool IsLong(ArgumentListSyntax row, SemanticModel model)
    {
        var found = model.GetSymbolInfo(row.Parent!);
        var called = found.Symbol ?? found.CandidateSymbols.FirstOrDefault();
        return called is not IMethodSymbol { Parameters: [.., { IsParams: true }] before } || Unnamed(row, before.Length - 1) > MostUnnamed;
    }

    private static int Unnamed(ArgumentListSyntax row, int first) =>
        row.Arguments.Take(first).Count(argument => argument.NameColon is null);

    private static string Place(ArgumentListSyntax row) =>
        $"{row.SyntaxTree.FilePath}:{row.GetLocation().GetLineSpan().StartLinePosition.Line + 1} {row.Parent!.ToString().Split('\n')[0]}";

    // The product itself is in the sources.
    private static IEnumerable<MetadataReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(file => !Path.GetFileName(file).StartsWith("TownReform.", StringComparison.Ordinal))
            .Select(file => MetadataReference.CreateFromFile(file));
}
