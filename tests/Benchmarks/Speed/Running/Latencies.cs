namespace TownReform.Benchmarks.Speed.Running;

/// <summary>Milliseconds that steps took.</summary>
internal sealed record Latencies(int Steps, double P50, double P99)
{
    /// <exception cref="ContenderFailedException">There are none.</exception>
    public static Latencies Of(Entrant entrant, IEnumerable<double> told) =>
        told.Order().ToArray() is { Length: > 0 } all
            ? new(all.Length, all[all.Length / 2], all[(int)(all.Length * 0.99)])
            : throw new ContenderFailedException(entrant.Name, "测量期间没有完成任何一步 / no step was answered while measuring");
}
