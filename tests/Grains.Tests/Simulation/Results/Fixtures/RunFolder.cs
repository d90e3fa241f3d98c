namespace TownReform.Grains.Tests.Simulation.Results;

/// <summary>A folder for one test's files, gone afterwards.</summary>
public sealed class RunFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("run-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Write(string name, byte[] content) => System.IO.File.WriteAllBytes(File(name), content);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
