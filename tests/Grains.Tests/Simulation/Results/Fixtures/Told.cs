using TownReform.Grains.Rules;
using TownReform.Grains.Simulation.Results;
using TownReform.Grains.Simulation.Results.Pooling;

namespace TownReform.Grains.Tests.Simulation.Results;

/// <summary>Single things to tell a sink, with what a test doesn't care about filled in.</summary>
internal static class Told
{
    public static readonly DateTimeOffset Start = new(2019, 7, 1, 9, 0, 0, TimeSpan.FromHours(8));

    public static TraceEvent Opened(string number = "YD00000001", DateTimeOffset? at = null) =>
        new(
            Town: "yandian",
            Case: number,
            Procedure: "permit",
            Item: "I-1",
            Activity: "open",
            At: at ?? Start,
            Workplace: null,
            Officers: ["citizen-1"],
            By: ActorKind.Party
        );

    public static CaseRecord Decided(double days = 3, string number = "YD00000001", DateTimeOffset? openedAt = null) =>
        new()
        {
            Town = "yandian",
            Number = number,
            Procedure = "permit",
            Kind = "permit",
            Subject = "I-1",
            Organisation = false,
            Green = false,
            OpenedAt = openedAt ?? Start,
            EndedAt = (openedAt ?? Start).AddDays(days),
            Disposition = Disposition.Decided,
            Step = "deliver",
            Ending = "granted",
            OnTime = true,
            UsedDays = 3,
            LimitDays = 5,
            LimitUnit = DayUnit.Working,
            Visits = 1,
            Acts = 4,
            Refusals = 0,
            Certificate = $"证{number}",
            Fine = 0m,
        };

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
