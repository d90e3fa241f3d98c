using System.Reflection;
using System.Text.RegularExpressions;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>What the journal's scripts make in a database, read from the scripts themselves: whoever may only read can compare the
/// two.</summary>
/// <param name="Tables">By name.</param>
/// <param name="Indexes">By name, its definition without blanks, brackets and the words that the server adds.</param>
/// <param name="Functions">By name and types of parameters, the text of the body.</param>
internal sealed partial record PostgresMade(
    IReadOnlyDictionary<string, MadeTable> Tables,
    IReadOnlyDictionary<string, string> Indexes,
    IReadOnlyDictionary<(string Name, string Parameters), string> Functions
)
{
    /// <param name="done">Names of the scripts that have run.</param>
    public static PostgresMade By(IReadOnlySet<string> done)
    {
        var (tables, indexes, functions) = (
            new Dictionary<string, MadeTable>(StringComparer.Ordinal),
            new Dictionary<string, string>(StringComparer.Ordinal),
            new Dictionary<(string, string), string>()
        );
        var assembly = typeof(PostgresMade).Assembly;
        foreach (
            var script in assembly
                .GetManifestResourceNames()
                .Where(name => name.StartsWith(PostgresWorld.Scripts, StringComparison.Ordinal) && done.Contains(name))
                .Order(StringComparer.Ordinal)
        )
        {
            var text = Comment().Replace(Text(assembly, script), "");
            foreach (Match made in Statement().Matches(text))
            {
                Take(made, tables, indexes, functions);
            }
        }

        return new(tables, indexes, functions);
    }

    /// <summary>A definition in the form in which two are compared.</summary>
    public static string Plain(string definition) => Ornament().Replace(definition.ToLowerInvariant(), "$1");

    private static void Take(
        Match made,
        Dictionary<string, MadeTable> tables,
        Dictionary<string, string> indexes,
        Dictionary<(string Name, string Parameters), string> functions
    )
    {
        if (made.Groups["table"] is { Success: true } table)
        {
            var open = made.Value.IndexOf('(', StringComparison.Ordinal);
            tables[table.Value] = new MadeTable(made.Value[(open + 1)..MadeTable.Closing(made.Value, open)]);
        }
        else if (made.Groups["altered"] is { Success: true } altered)
        {
            tables[altered.Value].Alter(made.Groups["change"].Value);
        }
        else if (made.Groups["index"] is { Success: true } index)
        {
            indexes[index.Value] = Plain(made.Value);
        }
        else if (made.Groups["function"] is { Success: true } function)
        {
            functions[(function.Value, Types(made.Groups["parameters"].Value))] = made.Groups["body"].Value;
        }
        else if (made.Groups["gone"] is { Success: true } gone)
        {
            tables.Remove(gone.Value);
            indexes.Remove(gone.Value);
            foreach (var one in functions.Keys.Where(one => one.Name == gone.Value).ToList())
            {
                functions.Remove(one);
            }
        }
    }

    private static string Types(string parameters) =>
        string.Join(
            ", ",
            parameters
                .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(parameter => parameter[(parameter.IndexOf(' ', StringComparison.Ordinal) + 1)..])
        );

    private static string Text(Assembly assembly, string script)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(script)!);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"(?m)^--[^\n]*$")]
    private static partial Regex Comment();

    [GeneratedRegex(
        @"ALTER\s+TABLE\s+(?<altered>\w+)\s(?<change>[^;]*);|"
            + @"CREATE\s+(?:UNLOGGED\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(?<table>\w+)\s*\([^;]*;|CREATE\s+(?:UNIQUE\s+)?INDEX"
            + @"\s+(?<index>\w+)\s+ON\s[^;]*|CREATE\s+(?:OR\s+REPLACE\s+)?FUNCTION\s+(?<function>\w+)"
            + @"\s*\((?<parameters>[^)]*)\)[^$]*\$\$(?<body>.*?)\$\$|"
            + @"DROP\s+(?:TABLE|INDEX|FUNCTION)\s+(?:IF\s+EXISTS\s+)?(?<gone>\w+)",
        RegexOptions.Singleline
    )]
    private static partial Regex Statement();

    [GeneratedRegex(@"[\s()]|using\s+btree|::text\b|(?<=\bon\s)\w+\.|'(\d+)'::bigint")]
    private static partial Regex Ornament();
}
