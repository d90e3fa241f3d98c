using System.Collections.Frozen;
using TownReform.Grains.Rules;
using TownReform.Grains.Simulation.Results;

namespace TownReform.Grains.Tests.Simulation.Results;

/// <summary>A run that nobody simulated: the same seed tells a sink the same story of two towns.</summary>
public sealed class FakeRun(ulong seed)
{
    public static readonly DateOnly First = new(2019, 7, 1);
    public static readonly DateOnly Last = new(2019, 12, 31);

    public static readonly string[] Towns = ["guyun", "yandian"];
    private static readonly string[] Procedures = ["penalty", "permit", "secondment"];
    private static readonly TimeSpan China = TimeSpan.FromHours(8);
    private ulong state = seed + 0x9E3779B97F4A7C15UL;

    public static RunFrame Frame { get; } = new(First, Last, TimeZoneInfo.CreateCustomTimeZone("cn", China, "cn", "cn"));

    public static RunDirectory Directory { get; } =
        new(
            Towns: Names(("guyun", "古云镇", "Guyun"), ("yandian", "烟店镇", "Yandian")),
            Procedures: Names(
                ("penalty", "行政处罚（普通程序）", "Penalty, general procedure"),
                ("permit", "行政许可", "Permit"),
                ("secondment", "借调", "Secondment")
            ),
            Workplaces: Towns
                .SelectMany(t => new[] { (t, "enforcement"), (t, "government-service") })
                .ToFrozenDictionary(
                    w => $"{w.Item1}/{w.Item2}",
                    w =>
                        w.Item2 == "enforcement"
                            ? new Words("综合行政执法局", "Integrated enforcement bureau")
                            : new Words("政务服务中心", "Government service centre")
                ),
            Items: Towns
                .SelectMany(t => Enumerable.Range(1, 5).Select(i => (t, i)))
                .ToFrozenDictionary(i => (i.t, $"I-{i.i}"), i => new ItemEntry(new($"事项{i.i}", $"Item {i.i}"), "permit", "livelihood")),
            Staff: Towns
                .SelectMany(t => Enumerable.Range(1, 6).Select(i => (Town: t, Id: Officer(t, i))))
                .ToFrozenDictionary(s => s.Id, s => $"{s.Town}/government-service"),
            GrantedEnds: new[] { ("permit", "granted"), ("penalty", "imposed") }.ToFrozenSet(),
            Internal: new[] { "secondment" }.ToFrozenSet()
        );

    /// <summary>Tells one replication of about <paramref name="cases"/> cases in each town.</summary>
    public void Tell(IReplicationSink sink, int cases)
    {
        foreach (var town in Towns)
        {
            for (var i = 1; i <= cases; i++)
            {
                Case(sink, town, i, cases);
            }

            Days(sink, town);
            Secondments(sink, town);
            sink.Assessed(
                new AssessmentView(
                    town,
                    "2019",
                    2019,
                    true,
                    [
                        new(
                            Group: PostClass.Administrative,
                            Graded: 48,
                            NotGraded: 2,
                            ExcellentCap: 9,
                            Excellent: 9,
                            Competent: 36,
                            BasicallyCompetent: 2,
                            NotCompetent: 1
                        ),
                        new(
                            Group: PostClass.Institution,
                            Graded: 60,
                            NotGraded: 5,
                            ExcellentCap: 12,
                            Excellent: 11,
                            Competent: 47,
                            BasicallyCompetent: 2,
                            NotCompetent: 0
                        ),
                    ]
                )
            );
        }
    }

    private void Case(IReplicationSink sink, string town, int i, int of)
    {
        var procedure = Procedures[Draw(2)];
        var number = $"{Prefix(town)}{i:D8}";
        var opened = At(First.AddDays(i * 150 / of), 9, Draw(480));
        var item = $"I-{1 + Draw(5)}";
        Officer(
            sink,
            new(
                Town: town,
                Case: number,
                Procedure: procedure,
                Item: item,
                Activity: "open",
                At: opened,
                Workplace: null,
                Officers: [$"citizen-{number}"],
                By: ActorKind.Party
            )
        );
        Officer(
            sink,
            new(
                Town: town,
                Case: number,
                Procedure: procedure,
                Item: item,
                Activity: "accept",
                At: opened.AddHours(1),
                Workplace: $"{town}/government-service",
                Officers: [Officer(town, 1 + Draw(3))],
                By: ActorKind.Officer,
                Enabled: opened,
                Start: opened.AddMinutes(30),
                Minutes: 30
            )
        );
        var worked = Officer(town, 4 + Draw(3));
        sink.Worked(
            new(
                Town: town,
                Workplace: $"{town}/government-service",
                Officer: worked,
                Case: number,
                Step: "accept",
                From: opened.AddHours(1),
                Until: opened.AddHours(2),
                Minutes: 60,
                IsLead: true,
                Finished: true,
                Asked: 60
            )
        );
        if (Draw(20) == 0)
        {
            Refuse(sink, town, number, procedure, opened.AddHours(3));
        }

        Finish(sink, town, number, procedure, item, opened);
    }

    private void Finish(IReplicationSink sink, string town, string number, string procedure, string item, DateTimeOffset opened)
    {
        var disposition = Draw(12) switch
        {
            0 => Disposition.Withdrawn,
            1 => Disposition.Open,
            2 when procedure == "penalty" => Disposition.Transferred,
            _ => Disposition.Decided,
        };
        var used = 1 + Draw(town == "guyun" ? 22 : 18);
        var grants = disposition == Disposition.Decided && Draw(10) > 0;
        DateTimeOffset? ended = disposition == Disposition.Open ? null : opened.AddDays(used * 1.4);
        sink.Finished(
            new CaseRecord
            {
                Town = town,
                Number = number,
                Procedure = procedure,
                Kind = "permit",
                Subject = item,
                Organisation = Draw(3) == 0,
                Green = Draw(9) == 0,
                OpenedAt = opened,
                EndedAt = ended,
                Disposition = disposition,
                Step = "decide",
                Ending =
                    disposition == Disposition.Decided
                        ? grants
                            ? procedure == "permit"
                                ? "granted"
                                : "imposed"
                            : "refused"
                        : disposition == Disposition.Open
                            ? null
                            : "ended",
                OnTime = disposition == Disposition.Decided ? used <= 15 : null,
                UsedDays = used,
                LimitDays = 15,
                LimitUnit = DayUnit.Working,
                Visits = 1 + Draw(2),
                Acts = 5,
                Refusals = 0,
                Certificate = grants ? $"{Prefix(town)}许〔2019〕{number}号" : null,
                Fine = grants && procedure == "penalty" ? 200m : 0m,
            }
        );
        if (ended is { } end)
        {
            Officer(
                sink,
                new(
                    Town: town,
                    Case: number,
                    Procedure: procedure,
                    Item: item,
                    Activity: "grant",
                    At: end,
                    Workplace: $"{town}/government-service",
                    Officers: [Officer(town, 1), Officer(town, 2)],
                    By: ActorKind.Officer,
                    Enabled: opened,
                    Start: end.AddHours(-1),
                    Minutes: 60
                )
            );
        }
    }

    private void Days(IReplicationSink sink, string town)
    {
        for (var day = First; day <= Last; day = day.AddDays(1))
        {
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            {
                var season = 0.55 + (0.35 * Math.Sin(day.DayNumber / 40.0)) + (Draw(20) / 100.0);
                sink.DayClosed(
                    new(
                        Town: town,
                        Workplace: $"{town}/government-service",
                        Day: day,
                        PresentMinutes: 2400,
                        BusyMinutes: Math.Min(2400, 2400 * season),
                        Waiting: Draw(40),
                        People: 6,
                        Absent: Draw(2),
                        Away: []
                    )
                );
                sink.DayClosed(
                    new(
                        Town: town,
                        Workplace: $"{town}/enforcement",
                        Day: day,
                        PresentMinutes: 1440,
                        BusyMinutes: 1440 * season * 0.7,
                        Waiting: Draw(9),
                        People: 4,
                        Absent: 0,
                        Away: []
                    )
                );
            }
        }
    }

    private static void Secondments(IReplicationSink sink, string town)
    {
        sink.Requested(new(town, "secondment", $"{Prefix(town)}90000001", Officer(town, 1), true, null));
        sink.Requested(
            new(
                town,
                "secondment",
                $"{Prefix(town)}90000002",
                Officer(town, 2),
                false,
                new(RefusalCode.SecondmentTooLong, "E2", new("借调期限超过六个月", "The secondment is longer than six months."), [])
            )
        );
        sink.Requested(new(town, "secondment", $"{Prefix(town)}90000003", Officer(town, 3), false, null));
    }

    private void Refuse(IReplicationSink sink, string town, string number, string procedure, DateTimeOffset at)
    {
        var refusal =
            Draw(2) == 0
                ? new Refusal(
                    RefusalCode.PowerNotInForce,
                    "A3",
                    new("该事项当日对本镇未生效", "The item is not in force for the town on that day."),
                    []
                )
                : new Refusal(
                    RefusalCode.PapersAlreadyTold,
                    "B6",
                    new("补正通知已一次性发出，不得再次要求", "Missing papers were already told once; a second notice is not possible."),
                    []
                );
        sink.Refused(new(town, number, procedure, "notify-papers", at, refusal));
        Officer(
            sink,
            new(
                Town: town,
                Case: number,
                Procedure: procedure,
                Item: "I-1",
                Activity: "refused",
                At: at,
                Workplace: $"{town}/government-service",
                Officers: [Officer(town, 1)],
                By: ActorKind.Officer
            )
        );
    }

    private static void Officer(IReplicationSink sink, TraceEvent happened) => sink.Happened(happened);

    private static string Officer(string town, int number) => $"{Prefix(town)}-{number:D3}";

    private static string Prefix(string town) => town == "guyun" ? "GY" : "YD";

    private static DateTimeOffset At(DateOnly day, int hour, int minutes) =>
        new DateTimeOffset(day.ToDateTime(new TimeOnly(hour, 0)), China).AddMinutes(minutes);

    private static FrozenDictionary<string, Words> Names(params (string Code, string Zh, string En)[] names) =>
        names.ToFrozenDictionary(n => n.Code, n => new Words(n.Zh, n.En), StringComparer.Ordinal);

    // A linear congruence is plenty for a story; its numbers are the same everywhere.
    private int Draw(int below)
    {
        unchecked
        {
            state = (state * 6364136223846793005UL) + 1442695040888963407UL;
        }

        return (int)((state >> 33) % (ulong)below);
    }
}
