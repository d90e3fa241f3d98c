using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds;

namespace TownReform.Grains.Tests.Seeds;

/// <summary>What files say, as hashes: by which two silos, or a silo and a console, know whether they mean the same.</summary>
public sealed class SeedFilesTests : IDisposable
{
    private readonly SeedCopy copy = new();
    private readonly SeedLibrary before;

    public SeedFilesTests() => before = copy.Load();

    public void Dispose() => copy.Dispose();

    [Theory]
    [InlineData("law/penalty.yaml")]
    [InlineData("counties/shen.yaml")]
    [InlineData("towns/yandian.yaml")]
    public void Comment_SaysNothing(string path)
    {
        File.AppendAllText(Path.Combine(copy.Folder, path), "\n# said by nobody\n");
        SeedFiles.Differing(before.Files, copy.Load().Files).ShouldBeEmpty();
    }

    [Fact]
    public void Change_IsOfItsFileAlone()
    {
        copy.Replace("law/licensing.yaml", "value: 5", "value: 6");
        copy.Replace("calendar/china.csv", "2019-05-05,workday", "2019-05-05,holiday");
        SeedFiles.Differing(before.Files, copy.Load().Files).ShouldBe(["calendar/china.csv", "law/licensing.yaml"]);
        copy.Load().LawHash.ShouldNotBe(before.LawHash);
    }

    [Fact]
    public void File_OfOneSideOnly_Differs()
    {
        var more = before.Files.Add("procedures/new.yaml", "x");
        SeedFiles.Differing(before.Files, more).ShouldBe(["procedures/new.yaml"]);
        SeedFiles.Differing(more, before.Files).ShouldBe(["procedures/new.yaml"]);
        SeedFiles.Differing(more, more).ShouldBeEmpty();
    }

    /// <summary>A live town goes by no scenario; a run on its silos does.</summary>
    [Fact]
    public void Scenario_DiffersForRunsOnly()
    {
        var other = before.Files.SetItem("scenarios/first-year.yaml", "x");
        SeedFiles.Differing(before.Files, other).ShouldBeEmpty();
        SeedFiles.Differing(before.Files, other, scenarios: true).ShouldBe(["scenarios/first-year.yaml"]);
    }

    /// <summary>A town records it: made otherwise, every town would be told that the law had changed.</summary>
    [Fact]
    public void LawHash_IsMadeOfTheFilesOfLawInOrder()
    {
        var text = string.Concat(
            before
                .Files.Where(f => f.Key.StartsWith("law/", StringComparison.Ordinal))
                .OrderBy(f => f.Key, StringComparer.Ordinal)
                .Select(f => $"{f.Key}\0{f.Value}\0")
        );
        before.LawHash.ShouldBe(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)))
        );
    }
}
