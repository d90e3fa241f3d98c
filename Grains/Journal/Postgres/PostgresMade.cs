using System.Reflection;
using System.Text.RegularExpressions;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>What the journal's scripts make in a database, read from the scripts themselves: whoever may only read can compare the
/// two.</summary>
/// <param name="Tables">By name.</param>
/// <param name="Indexes">By name, its definition without blanks, brackets and the words that the server adds.</param>
/// <param name="Functions">By name and types of parameters, the text of the body.</param>
/// <param name="Triggers">By name, its definition like that of an index.</param>
internal sealed partial record PostgresMade(
    Dictionary<string, MadeTable> Tables,
    Dictionary<string, string> Indexes,
    Dictionary<(string Name, string Parameters), string> Functions,
    Dictionary<string, string> Triggers
)
{
    /// <param name="done">Names of the scripts that have run.</param>
    public static PostgresMade By(IReadOnlySet<string> done)
    {
        var made = new PostgresMade([], [], [], []);
        var assembly = typeof(PostgresMade).Assembly;
        foreach (
            var script in assembly
                .GetManifestResourceNames()
                .Where(name => name.StartsWith(PostgresWorld.Scripts, StringComparison.Ordinal) && done.Contains(name))
                .Order(StringComparer.Ordinal)
        )
        {
            var text = Comment().Replace(Text(assembly, script), "");
            foreach (Match statement in Statement().Matches(text))
            {
                made.Take(statement);
            }
        }

        return made;
    }

    /// <summary>A definition in the form in which two are compared.</summary>
    public static string Plain(string definition) => Ornament().Replace(definition.ToLowerInvariant(), "$1");

    private void Take(Match made)
    {
        if (made.Groups["table"] is { Success: true } table)
        {
            var open = made.Value.IndexOf('(', StringComparison.Ordinal);
            Tables[table.Value] = new MadeTable(made.Value[(open + 1)..MadeTable.Closing(made.Value, open)]);
        }
        else if (made.Groups["altered"] is { Success: true } altered)
        {
            Tables[altered.Value].Alter(made.Groups["change"].Value);
        }
        else if (made.Groups["index"] is { Success: true } index)
        {
            Indexes[index.Value] = Plain(made.Value);
        }
        else if (made.Groups["trigger"] is { Success: true } trigger)
        {
            Triggers[trigger.Value] = Plain(made.Value);
        }
        else if (made.Groups["function"] is { Success: true } function)
        {
            Functions[(function.Value, Types(made.Groups["parameters"].Value))] = made.Groups["body"].Value;
        }
        else if (made.Groups["gone"] is { Success: true } gone)
        {
            Tables.Remove(gone.Value);
            Indexes.Remove(gone.Value);
            foreach (var one in Functions.Keys.Where(one => one.Name == gone.Value).ToList())
            {
                Functions.Remove(one);
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
            + @"CREATE\s+TRIGGER\s+(?<trigger>\w+)\s[^;]*|"
            + @"DROP\s+(?:TABLE|INDEX|FUNCTION)\s+(?:IF\s+EXISTS\s+)?(?<gone>\w+)",
        RegexOptions.Singleline
    )]
    private static partial Regex Statement();

    [GeneratedRegex(@"[\s()]|using\s+btree|::text\b|(?<=\bon\s)\w+\.|'(\d+)'::bigint")]
    private static partial Regex Ornament();
}
