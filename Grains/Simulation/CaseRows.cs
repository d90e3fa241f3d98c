using TownReform.Grains.Matters;
using TownReform.Grains.Matters.Simulated;
using TownReform.Grains.Rules;
using TownReform.Grains.Simulation.Results;

namespace TownReform.Grains.Simulation;

/// <summary>Rows of cases for the results.</summary>
internal static class CaseRows
{
    /// <summary>The row of a case as it stands at the end of a day: the limit of an open case has gone on since it was last
    /// touched.</summary>
    public static CaseRecord Record(SimulatedCase @case, DateOnly day, WorkCalendar calendar)
    {
        @case.Pass(day, calendar);
        var view = @case.View;
        var clock = view.Clock;
        var ended = view.Disposition != Disposition.Open;
        var (used, limited) = (LimitWatch.Used(view, day, calendar), clock is { Started: true, Limit: > 0 });
        return new CaseRecord
        {
            Town = view.Town,
            Number = view.Number,
            Procedure = view.Procedure,
            Kind = view.Kind,
            Subject = view.Subject,
            Organisation = view.Party.Organisation,
            Green = @case.Traits.Has(Traits.Green),
            OpenedAt = view.OpenedAt,
            EndedAt = ended ? view.ChangedAt : null,
            Disposition = view.Disposition,
            Step = view.Step,
            Ending = view.Ending,
            OnTime = OnTime(view.Disposition, limited, used <= clock.Limit),
            UsedDays = used,
            LimitDays = limited ? clock.Limit : null,
            LimitUnit = clock.CalendarDays ? DayUnit.Calendar : DayUnit.Working,
            Visits = view.Visits,
            Acts = @case.Acts,
            Refusals = @case.Refusals,
            Certificate = view.Certificate,
            Fine = MatterLibrary.Simulation.FineOf(@case),
            LateOn = @case.LateOn,
        };
    }

    // What is open within its limit can still be either; what was withdrawn or transferred was not decided at all.
    private static bool? OnTime(Disposition disposition, bool limited, bool within) =>
        (disposition, limited, within) switch
        {
            (Disposition.Decided, true, _) => within,
            (Disposition.Open, true, false) => false,
            _ => null,
        };
}
