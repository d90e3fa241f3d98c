using TownReform.Grains.Journal.Writing;

namespace TownReform.Grains.Journal.Postgres;

/// <summary>What goes into the tables after its commit must be fit for them before it: a text of PostgreSQL holds no NUL.</summary>
internal static class StorableText
{
    /// <exception cref="ArgumentException">A text of the append can't be stored; says which.</exception>
    public static void Check(PendingAppend append)
    {
        if (append.Case is { } row)
        {
            Check(row.Step, "step");
            Check(row.Workplace, "workplace");
            Check(row.PartyName, "party name");
            Check(row.Certificate, "certificate");
            foreach (var label in row.Labels)
            {
                Check(label.Name, "name of a label");
                Check(label.Value, "value of a label");
            }
        }

        foreach (var effect in append.Effects)
        {
            Check(effect.Delivery.Id.Stream, "stream");
            Check(effect.Delivery.TargetType, "target type");
            Check(effect.Delivery.TargetKey, "target key");
        }
    }

    private static void Check(string? text, string name)
    {
        if (text is not null && text.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException($"{name} 含有不能存储的字符 U+0000 / {name} contains U+0000, which can't be stored");
        }
    }
}
