using System.Collections.Immutable;

namespace TownReform.Client.Live;

/// <summary>Reads a stream of the live town's record, page by page.</summary>
internal static class Streams
{
    public static async Task<ImmutableArray<AuditRecord>> ReadAsync(IAuditGrain audit, string stream)
    {
        var records = ImmutableArray.CreateBuilder<AuditRecord>();
        while (await audit.ReadStreamAsync(stream, records.Count > 0 ? records[^1].Version : 0) is { IsEmpty: false } page)
        {
            records.AddRange(page);
        }

        return records.ToImmutable();
    }

    /// <summary>A bare case number stands for its stream.</summary>
    public static string Named(string text) => text.Contains('/', StringComparison.Ordinal) ? text : $"case/{text}";
}
