using TownReform.Client.Terminal;
using TownReform.Client.Tests.Terminal;
using TownReform.Silo.Tests.Fixtures;

namespace TownReform.Client.Tests.Live;

/// <summary><c>audit verify --checkpoints</c> against what a real silo has kept outside.</summary>
public sealed class CheckpointTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("kept");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Verify_WithCheckpoints_HoldsAndTellsAnEndThatWasPutBack()
    {
        var (data, kept, keys) = (Named("data"), Named("outside"), Named("keys.json"));
        var (earlier, ports) = (Named("earlier"), SiloProcess.FreePorts());
        await using var silo = await SiloProcess.StartWithAsync(data, ports, "--checkpoint-to", kept, "--checkpoint-every", "1");
        var town = $"--lang en --gateway 127.0.0.1:{ports.Gateway} --seeds {Repository.Seeds}";
        await File.WriteAllTextAsync(keys, (await Typed.LineAsync($"audit keys {town}")).Said, TestContext.Current.CancellationToken);
        (await Typed.LineAsync($"backup {earlier} --data {data}")).Code.ShouldBe(ExitCode.Done);
        (
            await Typed.LineAsync($"case open --procedure enquiry --town yandian --as YD-024 --party C1 --field question=x {town}")
        ).Code.ShouldBe(ExitCode.Done);
        (await silo.StopAsync()).ShouldBe(0);

        var held = await Typed.LineAsync($"audit verify --file {data}/town.sqlite --checkpoints {kept} --keys {keys} --lang en");
        held.Code.ShouldBe(ExitCode.Done, held.Complained);
        held.Said.ShouldContain("all hold");
        var cut = await Typed.LineAsync($"audit verify --file {earlier}/town.sqlite --checkpoints {kept} --keys {keys} --lang en");
        cut.Code.ShouldBe(ExitCode.Refused, cut.Said);
        cut.Complained.ShouldContain("the end was cut");
        (await Typed.LineAsync($"audit verify --file {data}/town.sqlite --checkpoints {kept} --lang en")).Complained.ShouldContain(
            "--keys"
        );
        (
            await Typed.LineAsync($"audit verify --file {data}/town.sqlite --checkpoints {earlier} --keys {keys} --lang en")
        ).Complained.ShouldContain("no checkpoints");
    }

    private string Named(string name) => Path.Combine(folder.FullName, name);
}
