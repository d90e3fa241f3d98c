using TownReform.Grains.Rules;
using TownReform.Grains.Simulation.Results;
using TownReform.Grains.Simulation.Results.Pooling;

namespace TownReform.Grains.Tests.Simulation.Results;

/// <summary>Single things to tell a sink, with what a test doesn't care about filled in.</summary>
internal static class Told
{
    public static readonly DateTimeOffset Start = new(2019, 7, 1, 9, 0, 0, TimeSpan.FromHours(8));

    public static TraceEvent Opened(string number = "YD00000001", DateTimeOffset? at = null) =>
        new("yandian", number, "permit", "I-1", "open", at ?? Start, null, ["citizen-1"], ActorKind.Party);

    public static CaseRecord Decided(double days = 3, string number = "YD00000001", DateTimeOffset? openedAt = null) =>
        new(
            "yandian",
            number,
            "permit",
            "permit",
            "I-1",
            false,
            false,
            openedAt ?? Start,
            (openedAt ?? Start).AddDays(days),
            Disposition.Decided,
            "deliver",
            "granted",
            true,
            3,
            5,
            DayUnit.Working,
            1,
            4,
            0,
            $"证{number}",
            0m
        );

    public static CaseRecord Open(int usedDays = 3) =>
        Decided() with
        {
            EndedAt = null,
            Disposition = Disposition.Open,
            Ending = null,
            OnTime = null,
            UsedDays = usedDays,
            Certificate = null,
        };

    public static ReplicationTally Tally(params CaseRecord[] cases)
    {
        var tally = new ReplicationTally(1, FakeRun.Frame, FakeRun.Directory);
        foreach (var record in cases)
        {
            tally.Happened(Opened(record.Number, record.OpenedAt));
            tally.Finished(record);
        }

        return tally;
    }

    public static RunFigures Figures(params ReplicationTally[] tallies) => FigurePool.Of([.. tallies.Select(t => t.Close())]);
}
