using System.Text.RegularExpressions;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>A table as the scripts make it, read from their text: its columns and what constrains it, in the form in which
/// <see cref="PostgresMade.Plain"/> compares them with the server's.</summary>
internal sealed partial class MadeTable
{
    /// <param name="body">What stands between the brackets of <c>CREATE TABLE</c>.</param>
    public MadeTable(string body)
    {
        foreach (var part in Parts(body))
        {
            if (OfTable().IsMatch(part))
            {
                Constrain(part);
            }
            else
            {
                Add(part);
            }
        }
    }

    /// <summary>By name: type, collation, whether it may be null, identity and default.</summary>
    public Dictionary<string, string> Columns { get; } = new(StringComparer.Ordinal);

    /// <summary>Keys and checks: in plain form, and as they are written.</summary>
    public Dictionary<string, string> Constraints { get; } = new(StringComparer.Ordinal);

    /// <summary>What follows the table's name in <c>ALTER TABLE</c>. What is said of storage only is no change here.</summary>
    public void Alter(string change)
    {
        if (Changed().Match(change) is { Success: true } match)
        {
            if (match.Groups["gone"] is { Success: true } gone)
            {
                Columns.Remove(gone.Value);
            }
            else
            {
                Add(match.Groups["added"].Value);
            }
        }
    }

    private void Add(string column)
    {
        var (name, rest) = (Word().Match(column).Value, "");
        rest = column.Trim()[name.Length..];
        while (Check().Match(rest) is { Success: true } check)
        {
            var end = Closing(rest, check.Index + check.Length - 1) + 1;
            Constrain(rest[check.Index..end]);
            rest = rest.Remove(check.Index, end - check.Index);
        }

        var (isKey, isIdentity) = (
            rest.Contains("PRIMARY KEY", StringComparison.Ordinal),
            rest.Contains("AS IDENTITY", StringComparison.Ordinal)
        );
        if (isKey)
        {
            Constrain($"PRIMARY KEY ({name})");
        }

        var isNull = !isKey && !isIdentity && !rest.Contains("NOT NULL", StringComparison.Ordinal);
        var collation = Collation().Match(rest).Groups["name"].Value;
        var typed = Ornaments().Replace(rest, "").Split("DEFAULT", 2);
        Columns[name] = Column(
            typed[0].Trim() == "timestamptz" ? "timestamp with time zone" : typed[0],
            collation,
            isNull,
            isIdentity,
            typed.Length > 1 ? typed[1] : null
        );
    }

    /// <summary>A column in the form in which two are compared.</summary>
    public static string Column(string type, string? collation, bool isNull, bool isIdentity, string? byDefault) =>
        $"{PostgresMade.Plain(type)} {collation}{(isNull ? " null" : "")}{(isIdentity ? " identity" : "")}"
        + (byDefault is null ? "" : $" default {PostgresMade.Plain(byDefault)}");

    private void Constrain(string text) => Constraints[PostgresMade.Plain(text)] = text.Trim();

    private static IEnumerable<string> Parts(string body)
    {
        var (depth, begin) = (0, 0);
        for (var n = 0; n < body.Length; n++)
        {
            depth +=
                body[n] == '(' ? 1
                : body[n] == ')' ? -1
                : 0;
            if (body[n] == ',' && depth == 0)
            {
                yield return body[begin..n].Trim();
                begin = n + 1;
            }
        }

        yield return body[begin..].Trim();
    }

    /// <summary>Where the bracket that opens at a place is closed.</summary>
    public static int Closing(string text, int open)
    {
        var depth = 0;
        for (var n = open; n < text.Length; n++)
        {
            depth +=
                text[n] == '(' ? 1
                : text[n] == ')' ? -1
                : 0;
            if (depth == 0)
            {
                return n;
            }
        }

        throw new FormatException($"A bracket of a script isn't closed: {text}");
    }

    [GeneratedRegex(@"^\s*(PRIMARY KEY|UNIQUE|CHECK|CONSTRAINT|FOREIGN KEY|EXCLUDE)\b")]
    private static partial Regex OfTable();

    [GeneratedRegex(@"^\s*(?:ADD\s+COLUMN\s+(?<added>.*)|DROP\s+COLUMN\s+(?:IF\s+EXISTS\s+)?(?<gone>\w+))", RegexOptions.Singleline)]
    private static partial Regex Changed();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\bCHECK\s*\(")]
    private static partial Regex Check();

    [GeneratedRegex(@"COLLATE\s+""(?<name>\w+)""")]
    private static partial Regex Collation();

    [GeneratedRegex(@"COLLATE\s+""\w+""|GENERATED\s+ALWAYS\s+AS\s+IDENTITY|PRIMARY\s+KEY|NOT\s+NULL")]
    private static partial Regex Ornaments();
}
