using TownReform.Grains.Seeds;

namespace TownReform.Grains.Tests.Seeds;

public sealed class SeedSchemaTests
{
    public static TheoryData<string> Files => [.. SeedSchema.Files.Keys];

    [Theory]
    [MemberData(nameof(Files))]
    public void Schema_InTheRepository_IsWhatTheLoaderChecks(string path)
    {
        // When the shapes change, the fresh text lies beside the tests' binaries: copy it over seeds/schema.
        var fresh = Path.Combine(AppContext.BaseDirectory, path);
        Directory.CreateDirectory(Path.GetDirectoryName(fresh)!);
        File.WriteAllText(fresh, SeedSchema.Files[path]);
        File.ReadAllText(Path.Combine(SeedCopy.Original, path)).ShouldBe(SeedSchema.Files[path], $"copy {fresh} to seeds/schema");
    }

    [Fact]
    public void Yaml_InTheRepository_NamesItsSchema()
    {
        foreach (
            var file in new[] { "towns", "law", "procedures", "scenarios", "documents" }.SelectMany(part =>
                Directory.EnumerateFiles(Path.Combine(SeedCopy.Original, part), "*.yaml")
            )
        )
        {
            var first = File.ReadLines(file).First();
            var schema = first.Replace("# yaml-language-server: $schema=", "", StringComparison.Ordinal);
            File.Exists(Path.Combine(Path.GetDirectoryName(file)!, schema)).ShouldBeTrue(file);
        }
    }
}
