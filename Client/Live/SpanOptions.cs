using System.CommandLine;
using TownReform.Client.Terminal;

namespace TownReform.Client.Live;

/// <summary>Options for a first and a last day, both of which must be there.</summary>
internal sealed class SpanOptions(Shell shell)
{
    public Option<string?> From { get; } = shell.Text("--from", "DAY", new("第一日", "first day"), required: true);

    public Option<string?> Until { get; } = shell.Text("--until", "DAY", new("最后一日", "last day"), required: true);

    public (DateOnly First, DateOnly Last) Of(Call call) => (call.RequiredDay(From), call.RequiredDay(Until));

    /// <summary>Both as fields of a case, named <c>from</c> and <c>until</c>.</summary>
    public Field[] Fields(Call call) => Of(call) is var (first, last) ? [new("from", $"{first:O}"), new("until", $"{last:O}")] : [];
}
