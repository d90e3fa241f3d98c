using CsCheck;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Cases;
using TownReform.Tests.Fixtures;

namespace TownReform.Rules.Tests.Cases;

/// <summary>Any row of stops and starts: days used are never negative and never shrink, and a stop never brings the last day nearer
/// (B5).</summary>
[ShowsClause("B5")]
public sealed class ClockPropertyTests
{
    private static readonly Gen<int> Gap = Gen.Int[0, 25];

    [Fact]
    public void Clock_AnyStops_NeverTakesDaysAway() =>
        Gen.Select(Gen.Bool, Gen.Int[1, 60], Gap.Array[0, 10])
            .Sample(
                (working, days, gaps) =>
                {
                    var calendar = RealSeeds.Library.Calendar;
                    var limit = new TimeLimit(days, working ? DayUnit.Working : DayUnit.Calendar);
                    var (day, clock) = (
                        PureCase.Day,
                        CaseClock.None with
                        {
                            Promised = limit,
                            Statutory = limit,
                            StartedOn = PureCase.Day,
                        }
                    );
                    var (due, used, expected) = (calendar.LastDayOf(limit, PureCase.Day), 0, 0);
                    foreach (var gap in gaps)
                    {
                        var next = day.AddDays(gap);
                        expected += clock.StoppedOn is null ? calendar.DaysBetween(limit.Unit, day, next) : 0;
                        clock = clock.StoppedOn is { } stopped
                            ? clock with
                            {
                                StoppedOn = null,
                                StoppedDays = clock.StoppedDays + ClockRules.Stopped(stopped, next, limit.Unit, calendar),
                            }
                            : clock with
                            {
                                StoppedOn = next,
                            };
                        day = next;
                        var (usedNow, dueNow) = (
                            ClockRules.Used(clock, day, calendar),
                            calendar.LastDayOf(limit, PureCase.Day, clock.StoppedDays)
                        );
                        usedNow.ShouldBe(expected);
                        usedNow.ShouldBeGreaterThanOrEqualTo(used);
                        dueNow.ShouldBeGreaterThanOrEqualTo(due);
                        (used, due) = (usedNow, dueNow);
                    }
                }
            );

    [Fact]
    public void Colours_AnyDay_NeverGetBetterByWaiting() =>
        Gen.Select(Gen.Int[1, 60], Gen.Int[0, 40], Gen.Int[0, 200], Gen.Int[0, 20])
            .Sample(
                (promised, more, wait, longer) =>
                {
                    var permit = PureCase.Of(RealSeeds.Yandian, "permit", RealSeeds.Yandian.Item("permit"));
                    permit.Item = permit.Item! with
                    {
                        Promised = new(promised, DayUnit.Working),
                        Statutory = LimitRule.Of(new(promised + more, DayUnit.Working)),
                    };
                    permit.Open(PureCase.Public(), PureCase.Day).ShouldSucceed();
                    permit.Do("accept", permit.Who("window"), PureCase.Day);
                    var early = permit.Clock(PureCase.Day.AddDays(wait)).Colour;
                    ((int)permit.Clock(PureCase.Day.AddDays(wait + longer)).Colour).ShouldBeGreaterThanOrEqualTo((int)early);
                }
            );
}
