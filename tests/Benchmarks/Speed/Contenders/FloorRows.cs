using System.Text.Json;

namespace TownReform.Benchmarks.Speed.Contenders;

/// <summary>Rows as a journal has them, without anybody who asks for them: what the database itself can do.</summary>
internal static class FloorRows
{
    public const int Batch = 200;

    public static string Payload { get; } = JsonSerializer.Serialize(CaseEvent.Of(1, Step.Review), CaseJson.Default.CaseEvent);

    public static KeptSteps Kept { get; } = new("SELECT count(*) FROM journal", "floor.sqlite");
}
