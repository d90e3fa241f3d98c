using System.Collections.Immutable;
using System.Globalization;
using TownReform.Tests.Fixtures;

namespace TownReform.Silo.Tests.Access;

/// <summary>One mapped endpoint and what each kind of account is answered there.</summary>
/// <param name="Endpoint">Verb and route, such as <c>GET /api/v1/cases/{number}</c>.</param>
/// <param name="Expected">Status by column.</param>
internal sealed record EndpointRow(string Endpoint, ImmutableArray<(string Who, int Status)> Expected);

/// <summary>The table of who gets what: <c>endpoints.csv</c>. Its head says which kinds of account there are.</summary>
internal static class EndpointTable
{
    /// <summary>What is asked about a simulated world; another test than that of the accounts asks it.</summary>
    public const string Simulated = "simulated";

    private const string File = "tests/Silo.Tests/Access/endpoints.csv";

    public static ImmutableArray<string> Columns => [.. Lines()[0].Split(',')[1..]];

    public static ImmutableArray<EndpointRow> Rows
    {
        get
        {
            var columns = Columns;
            return
            [
                .. Lines()[1..]
                    .Select(line => line.Split(','))
                    .Select(cells => new EndpointRow(
                        cells[0],
                        [.. columns.Zip(cells[1..], (who, status) => (who, int.Parse(status, CultureInfo.InvariantCulture)))]
                    )),
            ];
        }
    }

    /// <summary>A row as it stands in the file.</summary>
    public static string Line(string endpoint, IEnumerable<int> statuses) =>
        $"{endpoint},{string.Join(',', statuses.Select(status => status.ToString(CultureInfo.InvariantCulture)))}";

    private static string[] Lines() =>
        [.. System.IO.File.ReadLines(Path.Combine(SourceFolder.Path, File)).Where(line => line.Length > 0 && !line.StartsWith('#'))];
}
