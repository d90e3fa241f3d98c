using TownReform.Grains.Simulation.Results;

namespace TownReform.Grains.Tests.Simulation.Results;

public sealed class ReplicationTallyTests
{
    [Fact]
    public void Finished_EachDisposition_IsCountedApart()
    {
        var flow = Told.Figures(
                Told.Tally(
                    Told.Decided(number: "1"),
                    Told.Decided(number: "2") with
                    {
                        OnTime = false,
                    },
                    Told.Decided(number: "3") with
                    {
                        Disposition = Disposition.Withdrawn,
                        OnTime = null,
                        Ending = "withdrawn",
                        Certificate = null,
                    },
                    Told.Decided(number: "4") with
                    {
                        Disposition = Disposition.Transferred,
                        OnTime = null,
                        Ending = "handed-back",
                        Certificate = null,
                    },
                    Told.Open() with
                    {
                        Number = "5",
                    }
                )
            )
            .Procedures[0]
            .Flow;

        (flow.Opened, flow.Decided, flow.Withdrawn, flow.Transferred, flow.Open).ShouldBe((5, 2, 1, 1, 1));
        (flow.OnTime, flow.WithLimit, flow.OnTimeShare).ShouldBe((1, 2, 0.5));
    }

    [Theory]
    [InlineData(4, 0)]
    [InlineData(5, 0)]
    [InlineData(6, 1)]
    public void Finished_OpenAroundItsLimit_IsOverdueBeyondIt(int usedDays, double overdue) =>
        Told.Figures(Told.Tally(Told.Open(usedDays))).Towns[0].Flow.OpenOverdue.ShouldBe(overdue);

    [Fact]
    public void Finished_OpenPastItsLimit_IsLate()
    {
        var flow = Told.Figures(
                Told.Tally(
                    Told.Decided(number: "1"),
                    Told.Open(5) with
                    {
                        Number = "2",
                    },
                    Told.Open(6) with
                    {
                        Number = "3",
                        LateOn = new(2019, 7, 9),
                    },
                    Told.Open(60) with
                    {
                        Number = "4",
                        LimitDays = null,
                    }
                )
            )
            .Procedures[0]
            .Flow;

        (flow.OnTime, flow.OpenOverdue, flow.WithLimit, flow.OnTimeShare).ShouldBe((1, 1, 2, 0.5));
    }

    [Fact]
    public void Weeks_OpenPastTheirLimit_CountFromTheDayItPassed()
    {
        var monday = new DateOnly(2019, 7, 8);
        var weeks = Told.Figures(
            Told.Tally(
                Told.Decided(days: 8, number: "1"),
                Told.Decided(days: 15, number: "2") with
                {
                    OnTime = false,
                    LateOn = monday,
                },
                Told.Open(6) with
                {
                    Number = "3",
                    LateOn = monday.AddDays(-1),
                }
            )
        ).Weekly.Towns[0];

        weeks.OpenOverdue[..4].ShouldBe([1, 2, 1, 1]);
        weeks.OnTimeShare[..3].ShouldBe([0, 0.3333, 0]);
    }

    [Fact]
    public void Finished_Secondment_IsNoPartOfTheTown()
    {
        var tally = Told.Tally(Told.Decided(days: 2, number: "1"));
        tally.Happened(Told.Opened("2") with { Procedure = "secondment" });
        tally.Finished(
            Told.Decided(days: 150, number: "2") with
            {
                Procedure = "secondment",
                OnTime = null,
                LimitDays = null,
                Certificate = null,
                Ending = "returned",
            }
        );
        var figures = Told.Figures(tally);

        (figures.Towns[0].Flow.Decided, figures.Towns[0].Flow.P95Days, figures.Weekly.Towns[0].Opened[0]).ShouldBe((1, 2, 1));
        figures
            .Procedures.Select(p => (p.Procedure, p.Internal, p.Flow.P50Days))
            .ShouldBe([("permit", false, 2), ("secondment", true, 150)]);
    }

    [Fact]
    public void DayClosed_OfficesWithoutWork_AreNoPartOfAnyUse()
    {
        var tally = Told.Tally();
        var day = new DateOnly(2019, 7, 1);
        foreach (
            var (workplace, busy) in new[]
            {
                ("yandian/enforcement", 900d),
                ("yandian/government-service", 450d),
                ("yandian/party", 0d),
                ("linqing/market", 30d),
            }
        )
        {
            tally.DayClosed(
                new(
                    Town: "yandian",
                    Workplace: workplace,
                    Day: day,
                    PresentMinutes: 1000,
                    BusyMinutes: busy,
                    Waiting: 0,
                    People: 4,
                    Absent: 0,
                    Away: []
                )
            );
            if (busy > 0)
            {
                tally.Worked(
                    new(
                        Town: "yandian",
                        Workplace: workplace,
                        Officer: "YD-1",
                        Case: "1",
                        Step: "review",
                        From: Told.Start,
                        Until: Told.Start.AddMinutes(busy),
                        Minutes: busy,
                        IsLead: true,
                        Finished: true,
                        Asked: busy
                    )
                );
            }
        }

        var town = Told.Figures(tally).Towns.ShouldHaveSingleItem();
        (town.Busiest, town.BusiestCounty).ShouldBe(
            (new WorkplaceUse("yandian/enforcement", 0.9), new WorkplaceUse("linqing/market", 0.03))
        );
    }

    [Fact]
    public void Finished_DecidedWithoutLimit_IsNoPartOfTheShare()
    {
        var flow = Told.Figures(Told.Tally(Told.Decided(number: "1"), Told.Decided(number: "2") with { OnTime = null, LimitDays = null }))
            .Towns[0]
            .Flow;

        (flow.Decided, flow.WithLimit, flow.OnTimeShare).ShouldBe((2, 1, 1.0));
    }

    [Fact]
    public void Finished_Withdrawn_IsNoPartOfTheCycleTimes()
    {
        var flow = Told.Figures(
                Told.Tally(
                    Told.Decided(days: 2, number: "1"),
                    Told.Decided(days: 90, number: "2") with
                    {
                        Disposition = Disposition.Withdrawn,
                        Certificate = null,
                    }
                )
            )
            .Towns[0]
            .Flow;

        flow.P95Days.ShouldBe(2);
    }

    [Fact]
    public void Finished_EndedWithoutAMoment_IsABug() =>
        Should.Throw<ArgumentException>(() => Told.Tally(Told.Decided() with { EndedAt = null }));

    [Fact]
    public void Happened_SundayAndMonday_FallIntoTwoWeeks()
    {
        var sunday = new DateTimeOffset(2019, 7, 7, 23, 59, 59, TimeSpan.FromHours(8));
        var weeks = Told.Figures(Told.Tally(Told.Decided(1, "1", sunday), Told.Decided(1, "2", sunday.AddSeconds(1)))).Weekly.Towns[0];

        weeks.Opened[..3].ShouldBe([1, 1, 0]);
        weeks.Ended[..3].ShouldBe([0, 2, 0]);
        weeks.Backlog[..3].ShouldBe([1, 0, 0]);
    }

    [Fact]
    public void DayClosed_TwoDays_GiveUseAndQueue()
    {
        var tally = Told.Tally();
        tally.DayClosed(
            new(
                Town: "yandian",
                Workplace: "yandian/enforcement",
                Day: new DateOnly(2019, 7, 1),
                PresentMinutes: 960,
                BusyMinutes: 480,
                Waiting: 3,
                People: 4,
                Absent: 1,
                Away: ["YD-1"]
            )
        );
        tally.DayClosed(
            new(
                Town: "yandian",
                Workplace: "yandian/enforcement",
                Day: new DateOnly(2019, 7, 2),
                PresentMinutes: 960,
                BusyMinutes: 720,
                Waiting: 8,
                People: 4,
                Absent: 0,
                Away: []
            )
        );
        var workplace = Told.Figures(tally).Workplaces.ShouldHaveSingleItem();

        (workplace.People, workplace.StaffUse, workplace.MeanQueue, workplace.MaxQueue, workplace.AbsentShare).ShouldBe(
            (4, 0.625, 5.5, 8, 0.125)
        );
    }

    [Fact]
    public void Refused_ManyTimes_KeepsTheFirstAsExample()
    {
        var tally = Told.Tally();
        foreach (var number in new[] { "1", "2", "3" })
        {
            tally.Refused(
                new("yandian", number, "permit", "grant", Told.Start, new(RefusalCode.PowerRecalled, "A4", new("已收回", "Recalled."), []))
            );
        }

        var refusal = Told.Figures(tally).Refusals.ShouldHaveSingleItem();
        (refusal.Clause, refusal.Code, refusal.Count, refusal.Example.Case).ShouldBe(("A4", 2002, 3, "1"));
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    [InlineData(200, 1)]
    public void Refused_AgainOnTheSameCase_IsAWarning(int times, int warnings)
    {
        var tally = Told.Tally(Told.Decided());
        for (var i = 0; i < times; i++)
        {
            tally.Refused(
                new(
                    "yandian",
                    "YD00000001",
                    "permit",
                    "recommend",
                    Told.Start.AddDays(i),
                    new(RefusalCode.PowerRecalled, "B1", new("无此值", "No such value."), [])
                )
            );
            tally.Refused(
                new(
                    "yandian",
                    $"YD{i + 2:D8}",
                    "permit",
                    "recommend",
                    Told.Start.AddDays(i),
                    new(RefusalCode.PowerRecalled, "B1", new("无此值", "No such value."), [])
                )
            );
        }

        var told = RunWarnings.Of(FakeSummary.Heading("base", 1), [tally.Close()]);
        told.Length.ShouldBe(warnings);
        told.ShouldAllBe(w =>
            w.Rule == "refusal-repeats"
            && w.En.Contains("1 case,", StringComparison.Ordinal)
            && w.Zh.Contains("烟店镇", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Refused_AgainOnCasesThatEndedSince_IsTheSameWarning()
    {
        var (ended, open) = (Told.Tally(), Told.Tally());
        foreach (var (number, times) in new[] { ("YD00000003", 3), ("YD00000002", 4), ("YD00000001", 2) })
        {
            for (var i = 0; i < times; i++)
            {
                var refused = new RefusalRecord(
                    "yandian",
                    number,
                    "permit",
                    "recommend",
                    Told.Start.AddDays(i),
                    new(RefusalCode.PowerRecalled, "B1", new(number, number), [])
                );
                ended.Refused(refused);
                open.Refused(refused);
            }

            ended.Finished(Told.Decided(number: number));
        }

        var repeat = ended.Close().Repeats.ShouldHaveSingleItem();
        (repeat.Cases, repeat.Most, repeat.ExampleCase, repeat.Because.En).ShouldBe((2, 4, "YD00000002", "YD00000002"));
        open.Close().Repeats.ShouldBe([repeat]);
    }

    [Theory]
    [InlineData(10, 5, 0)]
    [InlineData(10, 6, 1)]
    [InlineData(9, 9, 0)]
    public void Finished_MostOfAKindNeverEnd_IsAWarning(int cases, int open, int warnings)
    {
        // Cases of the second half may well be open.
        var records = Enumerable
            .Range(1, cases)
            .Select(n => (n <= open ? Told.Open() : Told.Decided()) with { Number = $"YD{n:D8}" })
            .Concat(Enumerable.Range(100, 50).Select(n => Told.Open() with { Number = $"YD{n:D8}", OpenedAt = Told.Start.AddDays(120) }));
        var told = RunWarnings.Of(FakeSummary.Heading("base", 1), [Told.Tally([.. records]).Close()]);
        told.Count(w => w.Rule == "kind-never-ends").ShouldBe(warnings);
    }

    [Fact]
    public void Seconded_ApprovedDeclinedRefused_AreCountedApart()
    {
        var tally = Told.Tally();
        var record = new RequestRecord("yandian", "secondment", "S1", "YD-001", true, null);
        tally.Requested(record);
        tally.Requested(record with { Approved = false });
        tally.Requested(record with { Approved = false, Refusal = new(RefusalCode.SecondmentTooLong, "E2", new("过长", "Too long."), []) });
        var figures = Told.Figures(tally).Secondments.ShouldHaveSingleItem();

        (figures.Requested, figures.Approved, figures.Declined, figures.Refused).ShouldBe((3, 1, 1, 1));
        figures.ByClause.ShouldHaveSingleItem().Clause.ShouldBe("E2");
    }
}
