using System.Collections.Immutable;

namespace TownReform.Grains.Rules.Towns;

/// <summary>What happens when a town starts by other seeds than before: what open cases need must be there, and due days that moved are
/// told.</summary>
public static class SeedsRules
{
    public const string ByCalendar = "calendar",
        ByLaw = "law",
        ByRelease = "release";

    /// <summary>What of a town's due days is to be looked at.</summary>
    public static DueDaysAhead Ahead(TownState state) =>
        state.Follows ? new(state.Moved, state.FollowsAll, state.Because ?? ByRelease) : new([], false, "");

    /// <summary>Versions that the town went by and that the seeds no longer hold, or hold with other content.</summary>
    public static ImmutableArray<ProcedureTaken> Missing(SeedsTaken before, SeedLibrary seeds) =>
        [.. before.Procedures.Where(p => seeds.Find(p.Code, p.Version)?.Hash != p.Hash)];

    /// <summary>Whether open cases forbid the start.</summary>
    /// <param name="before">The seeds that the town went by; null when nobody recorded them.</param>
    /// <param name="open">Open cases of what is missing, or of everything where that isn't known.</param>
    public static Refusal? Check(string town, SeedsTaken? before, SeedLibrary seeds, IEnumerable<OpenCaseOf> open)
    {
        var needed = open.ToLookup(c => (c.Procedure, c.Version));
        var gone = needed.Where(cases => seeds.Find(cases.Key.Procedure, cases.Key.Version) is null).OrderBy(cases => cases.Key).ToArray();
        if (gone.Length > 0)
        {
            return TownRefusals.ProcedureGone(town, gone, seeds);
        }

        var changed = needed
            .Where(cases =>
                before?.Procedures.FirstOrDefault(p => (p.Code, p.Version) == cases.Key) is { } taken
                && seeds.Find(taken.Code, taken.Version)!.Hash != taken.Hash
            )
            .OrderBy(cases => cases.Key)
            .ToArray();
        return changed.Length > 0 ? TownRefusals.ProcedureChanged(town, changed) : null;
    }

    /// <summary>What the town records when it takes the seeds; null when it goes by them already.</summary>
    public static SeedsTaken? Take(TownState state, SeedLibrary seeds)
    {
        ImmutableArray<ProcedureTaken> procedures = [.. seeds.AllProcedures.Select(p => new ProcedureTaken(p.Code, p.Version, p.Hash))];
        var (calendar, law) = (seeds.Calendar.Taken(), seeds.LawHash);
        if (state.Seeds is not { } before)
        {
            // Before the first case there is nothing to follow. A town of an earlier release has cases whose calendar nobody wrote down.
            return state.NextCase > 1
                ? new(procedures, calendar, law, [], All: true, ByRelease)
                : new(procedures, calendar, law, [], All: false);
        }

        var moved = Moved(before.Calendar, calendar);
        return before.Procedures.SequenceEqual(procedures) && before.Law == law && Same(before.Calendar, calendar)
            ? null
            : new(
                procedures,
                calendar,
                law,
                moved,
                All: before.Law != law || (before.Calendar.FirstDay, before.Calendar.LastDay) != (calendar.FirstDay, calendar.LastDay),
                before.Law != law ? ByLaw
                    : Same(before.Calendar, calendar) ? null
                    : ByCalendar
            );
    }

    /// <summary>Days of both calendars that work in one and not in the other, in order.</summary>
    public static ImmutableArray<MovedDay> Moved(CalendarTaken before, CalendarTaken now)
    {
        var calendar = WorkCalendar.From(now);
        var (first, last) = (
            before.FirstDay > now.FirstDay ? before.FirstDay : now.FirstDay,
            before.LastDay < now.LastDay ? before.LastDay : now.LastDay
        );
        return
        [
            .. before
                .Exceptions.Except(now.Exceptions)
                .Concat(now.Exceptions.Except(before.Exceptions))
                .Where(day => first <= day && day <= last)
                .Order()
                .Select(day => new MovedDay(day, calendar.IsWorkingDay(day))),
        ];
    }

    /// <summary>Whether a case's due day, as its workplace knows it, can have moved with those days.</summary>
    /// <param name="due">Last day of the nearest limit.</param>
    /// <param name="lookOn">Next day on which something changes.</param>
    public static bool MayHaveMoved(ImmutableArray<MovedDay> moved, bool all, DateOnly? due, DateOnly? lookOn)
    {
        // A due day that nobody could count waits for a longer calendar.
        var last = due > lookOn || lookOn is null ? due : lookOn;
        return all || (due is null && lookOn is not null) || (last is { } day && !moved.IsEmpty && day >= moved[0].Day);
    }

    /// <summary>Whether both calendars say the same of every day.</summary>
    public static bool Same(CalendarTaken one, CalendarTaken other) =>
        (one.FirstDay, one.LastDay) == (other.FirstDay, other.LastDay) && one.Exceptions.SequenceEqual(other.Exceptions);
}

/// <summary>An open case, and what it goes by.</summary>
public readonly record struct OpenCaseOf(string Number, string Procedure, int Version);
