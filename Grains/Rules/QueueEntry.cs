using System.Globalization;

namespace TownReform.Grains.Rules;

/// <summary>Work in a queue. It bears its place, so that finding one doesn't look every work item up.</summary>
internal readonly struct QueueEntry(WorkItem item) : IComparable<QueueEntry>
{
    public WorkItem Item => item;

    public QueuePlace Place { get; } = QueuePlace.Of(item);

    public int CompareTo(QueueEntry other) => Place.CompareTo(other.Place);
}

/// <summary>A place in a queue: green channel first, then the nearest last day, then the oldest, then by number (B9).</summary>
/// <param name="Urgency">A last day's number, above those of all green work when it isn't green itself.</param>
internal readonly record struct QueuePlace(int Urgency, long Since, string Case) : IComparable<QueuePlace>
{
    public static QueuePlace Of(WorkItem item) =>
        new((item.Due ?? DateOnly.MaxValue).DayNumber + (item.Green ? 0 : DateOnly.MaxValue.DayNumber + 1), item.Since.UtcTicks, item.Case);

    public int CompareTo(QueuePlace other)
    {
        var order = Urgency.CompareTo(other.Urgency);
        order = order != 0 ? order : Since.CompareTo(other.Since);
        return order != 0 ? order : string.CompareOrdinal(Case, other.Case);
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse(string text, out QueuePlace? place)
    {
        place =
            text.Split('.', 3) is [var urgency, var since, { Length: > 0 } number]
            && int.TryParse(urgency, NumberStyles.None, CultureInfo.InvariantCulture, out var day)
            && long.TryParse(since, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
                ? new(day, ticks, number)
                : null;
        return place is not null;
    }

    /// <summary>As a cursor of pages.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Urgency}.{Since}.{Case}");
}
