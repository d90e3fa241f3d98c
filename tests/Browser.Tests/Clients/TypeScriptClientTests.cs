using TownReform.Browser.Tests.Fixtures;
using TownReform.Silo.Tests.Api;

namespace TownReform.Browser.Tests.Clients;

/// <summary>A client in TypeScript, generated from the silo's own description, compiled strictly and run against that silo.</summary>
public class TypeScriptClientTests(WebTown town)
{
    private static readonly string Folder = Path.Combine(SourceFolder.Path, "tests", "typescript");

    [Fact]
    public async Task Client_GeneratedFromTheDescription_CompilesStrictlyAndRuns()
    {
        Directory.Exists(Path.Combine(Folder, "node_modules")).ShouldBeTrue("tests/typescript/install gets what it is compiled with");
        var description = await town.Silo.GetAsync(null, "/openapi/v1.json");
        var generated = Directory.CreateDirectory(Path.Combine(Folder, "generated")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(generated, "openapi.json"),
            await description.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            TestContext.Current.CancellationToken
        );
        await File.WriteAllTextAsync(
            Path.Combine(generated, "example.ts"),
            HttpExamples.Of("typescript"),
            TestContext.Current.CancellationToken
        );
        await RunAsync("npm", "run", "--silent", "generate");
        await RunAsync("npm", "run", "--silent", "compile");

        // The accounts that the client asks as; whoever has the case is found by the client.
        var party = town.Silo.Party("C-TYPESCRIPT");
        town.Silo.Party("M-TYPESCRIPT-STRANGER");
        foreach (var person in town.Silo.Seeds.Towns[WebTown.Town].Staff)
        {
            town.Silo.Staff(WebTown.Town, person.Id);
        }

        var said = await RunAsync("node", "build/client.js", town.Address.TrimEnd('/'), SignedInSilo.Asks, party, "account-{}");
        said.ShouldStartWith("ok ");
        await HttpExamples.OpensAsync(
            town,
            environment => HttpExamples.RunAsync(Folder, environment, "node", "build/generated/example.js")
        );
    }

    private static Task<string> RunAsync(string program, params string[] line) => HttpExamples.RunAsync(Folder, [], program, line);
}
