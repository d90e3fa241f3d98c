namespace TownReform.Tests.Fixtures;

/// <summary>Stamps with ids in a row, so that a test can be repeated.</summary>
public static class Stamps
{
    private static int last;

    /// <summary>10 April 2019, 09:00 in Shanghai.</summary>
    public static DateTimeOffset Morning { get; } = new(2019, 4, 10, 1, 0, 0, TimeSpan.Zero);

    /// <summary>A leader of Yandian, who decides in everybody's matters.</summary>
    public static Actor Leader { get; } = new("YD-001", "party-government-office");

    /// <summary>Who keeps Yandian's posts, people and assessments.</summary>
    public static Actor Personnel { get; } = new("YD-014", "party-building-office");

    public static Stamp Next(DateTimeOffset? at = null, Actor? actor = null) =>
        new(new Guid(Interlocked.Increment(ref last), 0, 0, new byte[8]), actor ?? new Actor("EL-001", "service"), at ?? Morning);
}
