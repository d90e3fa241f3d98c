using System.Collections.Immutable;
using System.Globalization;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;

namespace TownReform.Grains.Rules.Reads;

/// <summary>What is noted of those who read (阅卷留痕).</summary>
public static class ReadRules
{
    /// <summary>Whoever reads the same again within this time is noted once: a page that keeps itself up to date reads all the
    /// time.</summary>
    public static TimeSpan Once { get; } = TimeSpan.FromMinutes(10);

    /// <summary>The name of an office from which files of a town's cases may be read; null for none.</summary>
    public static Words? OfficeName(TownPlan plan, string office) =>
        office switch
        {
            Actor.Public => CaseWords.Office(plan, office),
            NoteRead.Audit => new("审计", "audit"),
            NoteRead.Leaders => new("领导", "leaders"),
            NoteRead.Operators => new("运维", "operators"),
            _ => plan.OfficeName(office),
        };

    public static NotedRead Noted(NoteRead read) =>
        new(
            Case: read.Case,
            By: read.Stamp.Actor.Id,
            For: read.Stamp.Actor.For,
            At: read.Stamp.At,
            Part: read.Part,
            Version: read.Version,
            Reason: read.Reason
        );

    /// <summary>Those of some reads that are to be recorded, in order.</summary>
    public static ImmutableArray<NotedRead> News(ReadState state, IEnumerable<NotedRead> reads)
    {
        var news = ImmutableArray.CreateBuilder<NotedRead>();
        foreach (var read in reads)
        {
            if (read.Reason is not null || !state.Knows(read))
            {
                news.Add(read);
                state = state.With(read);
            }
        }

        return news.ToImmutable();
    }

    /// <summary>Key of a stream's grain, without the world.</summary>
    public static string Key(DateOnly day, string town, string office) =>
        string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}/{town}/{office}");

    /// <summary>Day, town and office of a stream's key; null for another key.</summary>
    public static (DateOnly Day, string Town, string Office)? Read(string key) =>
        key.Split('/') is [var day, var town, var office]
        && DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on)
            ? (on, town, office)
            : null;
}

/// <summary>When each reader last read each part of a file, on one day from one office.</summary>
public sealed record ReadState(ImmutableDictionary<(string Case, string By, string? For, FilePart Part, long Version), DateTimeOffset> Last)
{
    public static ReadState Empty { get; } = new(ImmutableDictionary<(string, string, string?, FilePart, long), DateTimeOffset>.Empty);

    public bool Knows(NotedRead read) => Last.TryGetValue(Key(read), out var at) && (read.At - at).Duration() < ReadRules.Once;

    public ReadState With(NotedRead read) => new(Last.SetItem(Key(read), read.At));

    public static ReadState Apply(ReadState state, ReadEvent happened) =>
        happened is FilesRead it ? it.Reads.Aggregate(state, static (now, read) => now.With(read)) : state;

    private static (string, string, string?, FilePart, long) Key(NotedRead read) => (read.Case, read.By, read.For, read.Part, read.Version);
}
