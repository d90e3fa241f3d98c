using TownReform.Grains.Journal.Storage;

namespace TownReform.Grains.Tests.Journal;

public sealed class LiveFolderTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("town");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Take_FolderTaken_IsRefusedUntilGivenBack()
    {
        using (new LiveFolder(folder.FullName))
        {
            Should.Throw<LiveFolderTakenException>(() => new LiveFolder(folder.FullName));
        }

        using var again = new LiveFolder(folder.FullName);
        again.Path.ShouldBe(folder.FullName);
    }
}
