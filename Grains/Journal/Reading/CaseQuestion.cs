using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace TownReform.Grains.Journal.Reading;

/// <summary>A list of cases as SQL with its values.</summary>
internal readonly struct CaseQuestion
{
    // By the key of the records; a case has a handful.
    private const string IsLate =
        "EXISTS (SELECT 1 FROM journal j WHERE j.world = c.world AND j.stream = 'case/' || c.number AND j.late IS NOT NULL)";

    /// <summary>Numbers that are asked for together.</summary>
    private const int Places = 50;

    private readonly StringBuilder text = new();
    private readonly List<object> values = [];

    public CaseQuestion(string world, CaseQuery query, SqlDialect dialect)
    {
        values.Add(world);
        text.Append(
            CultureInfo.InvariantCulture,
            $"SELECT {CaseRows.Columns}, {IsLate} {(query.Labels.IsEmpty ? CaseRows.From : FromLabels(dialect.JoinInOrder))}"
        );
        foreach (var (name, value) in query.Labels)
        {
            Bears(name, value);
        }

        Is("c.town", query.Town);
        Is("c.procedure", query.Procedure);
        Is("c.subject", query.Subject);
        Is("s.disposition", (int?)query.Disposition);
        Is("s.workplace", query.Workplace);
        Is("c.party_id", query.Party);
        Is("s.certificate", query.Certificate);
        IsOneOf("c.number", query.Numbers);

        // The tables keep the same moment of opening; lists of a label and of a workplace go by their own index.
        var by =
            !query.Labels.IsEmpty ? "l"
            : query.Workplace is null ? "c"
            : "s";
        if (query.BeforeNumber is { } before)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $" AND ({by}.opened_at, {by}.number) < (SELECT b.opened_at, b.number FROM cases b WHERE b.world = $1 AND b.number "
                    + $"= {Next(before)})"
            );
        }

        text.Append(
            CultureInfo.InvariantCulture,
            $" ORDER BY {by}.opened_at DESC, {by}.number DESC LIMIT {Next(CaseQueryLimits.Take(query))}"
        );
    }

    public string Text => text.ToString();

    public object[] Values => [.. values];

    // One range of the first label's index, newest first, and each case of it by its key.
    private static string FromLabels(string join) =>
        $"FROM case_labels l {join} cases c ON c.world = l.world AND c.number = l.number {join} standing s ON s.world = l.world AND "
        + "s.number = l.number WHERE l.world = $1";

    // The first label's rows are listed, further ones are looked up by their whole key.
    private void Bears(string name, string value)
    {
        var isFirst = values.Count == 1;
        var (named, valued) = (Next(name), Next(value));
        text.Append(
            isFirst
                ? $" AND l.name = {named} AND l.value = {valued}"
                : $" AND EXISTS (SELECT 1 FROM case_labels o WHERE o.world = l.world AND o.name = {named} AND o.value = {valued} AND "
                    + "o.opened_at = l.opened_at AND o.number = l.number)"
        );
    }

    private void Is(string column, object? value)
    {
        if (value is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $" AND {column} = {Next(value)}");
        }
    }

    // As many places as a full page has, so that the store prepares few texts; what is left over is nobody's number.
    private void IsOneOf(string column, ImmutableArray<string> wanted)
    {
        if (wanted.IsEmpty)
        {
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $" AND {column} IN (");
        var places = (wanted.Length + Places - 1) / Places * Places;
        for (var i = 0; i < places; i++)
        {
            text.Append(i == 0 ? "" : ", ").Append(Next(i < wanted.Length ? wanted[i] : ""));
        }

        text.Append(')');
    }

    private string Next(object value)
    {
        values.Add(value);
        return FormattableString.Invariant($"${values.Count}");
    }
}
