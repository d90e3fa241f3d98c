using System.Reflection;
using System.Text.RegularExpressions;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>What the journal's scripts make in a database, read from the scripts themselves: whoever may only read can compare the two.</summary>
/// <param name="Tables">By name, whether it has a primary key.</param>
/// <param name="Indexes">By name, its definition without blanks, brackets and the words that the server adds.</param>
/// <param name="Functions">By name, the text of the body.</param>
internal sealed partial record PostgresMade(IReadOnlyDictionary<string, bool> Tables, IReadOnlyDictionary<string, string> Indexes, IReadOnlyDictionary<string, string> Functions)
{
    /// <param name="done">Names of the scripts that have run.</param>
    public static PostgresMade By(IReadOnlySet<string> done)
    {
        var (tables, indexes, functions) = (new Dictionary<string, bool>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal));
        var assembly = typeof(PostgresMade).Assembly;
        foreach (var script in assembly.GetManifestResourceNames().Where(name => name.StartsWith(PostgresWorld.Scripts, StringComparison.Ordinal) && done.Contains(name)).Order(StringComparer.Ordinal))
        {
            var text = Comment().Replace(Text(assembly, script), "");
            foreach (Match made in Statement().Matches(text))
            {
                Take(made, tables, indexes, functions);
            }
        }

        return new(tables, indexes, functions);
    }

    /// <summary>A definition of an index in the form in which two are compared.</summary>
    public static string Plain(string definition) => Ornament().Replace(definition.ToLowerInvariant(), "");

    private static void Take(Match made, Dictionary<string, bool> tables, Dictionary<string, string> indexes, Dictionary<string, string> functions)
    {
        if (made.Groups["table"] is { Success: true } table)
        {
            tables[table.Value] = made.Value.Contains("PRIMARY KEY", StringComparison.OrdinalIgnoreCase);
        }
        else if (made.Groups["index"] is { Success: true } index)
        {
            indexes[index.Value] = Plain(made.Value);
        }
        else if (made.Groups["function"] is { Success: true } function)
        {
            functions[function.Value] = made.Groups["body"].Value;
        }
        else if (made.Groups["gone"] is { Success: true } gone)
        {
            tables.Remove(gone.Value);
            indexes.Remove(gone.Value);
            functions.Remove(gone.Value);
        }
    }

    private static string Text(Assembly assembly, string script)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(script)!);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"(?m)^--[^\n]*$")]
    private static partial Regex Comment();

    [GeneratedRegex(
        @"CREATE\s+(?:UNLOGGED\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(?<table>\w+)\s*\([^;]*;|CREATE\s+(?:UNIQUE\s+)?INDEX\s+(?<index>\w+)\s+ON\s[^;]*|CREATE\s+(?:OR\s+REPLACE\s+)?FUNCTION\s+(?<function>\w+)\s*\([^$]*\$\$(?<body>.*?)\$\$|DROP\s+(?:TABLE|INDEX|FUNCTION)\s+(?:IF\s+EXISTS\s+)?(?<gone>\w+)",
        RegexOptions.Singleline)]
    private static partial Regex Statement();

    [GeneratedRegex(@"[\s()]|using\s+btree|::text|(?<=\bon\s)\w+\.")]
    private static partial Regex Ornament();
}
