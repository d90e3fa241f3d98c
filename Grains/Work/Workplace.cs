using System.Collections.Immutable;
using TownReform.Grains.Journal;
using TownReform.Grains.Neighbours;
using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Work;

/// <summary>
/// The working half of a bureau or county office: its desk, woken from the read model, and what a sweep does with it.
/// The desk is a cache; the record of each step is the case's. Its grain answers cases of other silos; cases of its own silo come to the
/// desk itself (<see cref="GrainNeighbours"/>).
/// </summary>
/// <param name="dayOf">The day at a moment, where the workplace is.</param>
public sealed class Workplace(
    string world,
    string key,
    WorldStorage storage,
    GrainNeighbours neighbours,
    Func<DateTimeOffset, DateOnly> dayOf,
    IGrainFactory grains
)
{
    private readonly LockedWorkQueue desk = new(dayOf);
    private readonly HashSet<string> toldFaulty = new(StringComparer.Ordinal);
    private Task? waking;

    /// <summary>Fills the desk from the read model, once; everybody waits for the same filling. From then on cases of this silo find
    /// it.</summary>
    /// <param name="people">The people, with the days on which they are away.</param>
    public Task WakeAsync(IEnumerable<(Colleague Person, ImmutableArray<Absence> Absences)> people) => waking ??= FillAsync(people);

    /// <summary>Its grain leaves this silo: cases come by the grain again, wherever it is next.</summary>
    public void Close()
    {
        neighbours.Queues.Remove(key, desk);
        desk.Close();
    }

    public void Join(Colleague colleague) => desk.Join(colleague);

    /// <summary>All the days on which somebody is away; they replace those known before.</summary>
    public void Absent(string staff, ImmutableArray<Absence> days) => desk.Absent(staff, days);

    public Assignment Enqueue(WorkItem item) => desk.Enqueue(item);

    public void Release(string caseNumber, long version) => desk.Release(caseNumber, version);

    public WorkItem? Next(string officer) => desk.Next(officer);

    public ImmutableArray<WorkItem> List(string? officer) => desk.List(officer);

    public Outcome<InboxPage> Inbox(InboxQuery? query) => desk.Inbox(query ?? new());

    public ImmutableArray<InboxCounts> CountInbox(ImmutableArray<InboxQuery> queries) =>
        queries.IsDefault ? [] : desk.CountInbox([.. queries.Take(InboxRules.MostCounts).Select(query => query ?? new())]);

    /// <summary>Hands over what absent people have in hand, then looks at every clock that could have changed (B5, E5). A case that faults
    /// keeps the others from nothing.</summary>
    public async Task<SweepResult> SweepAsync(DateTimeOffset at)
    {
        var faults = NewFaults();
        var handed = await HandOverAsync(at, faults);
        var looked = ImmutableArray.CreateBuilder<string>();
        var unclocked = ImmutableArray.CreateBuilder<string>();
        foreach (var caseNumber in desk.DueForCheck(at))
        {
            try
            {
                if (await LookAsync(caseNumber, at))
                {
                    unclocked.Add(caseNumber);
                }

                looked.Add(caseNumber);
                faults.Sound(caseNumber);
            }
            catch (Exception e)
            {
                faults.Add(caseNumber, e);
            }
        }

        return new SweepResult(looked.ToImmutable(), handed, desk.Unstaffed, unclocked.ToImmutable(), faults.End());
    }

    /// <summary>Gives steps of absent or missing officers to those who are there, and has each case record it.</summary>
    /// <returns>Cases that could not record it; the next sweep tries again.</returns>
    public async Task<ImmutableArray<FaultedCase>> HandOverAsync(DateTimeOffset at)
    {
        var faults = NewFaults();
        await HandOverAsync(at, faults);
        return faults.End();
    }

    private async Task<ImmutableArray<string>> HandOverAsync(DateTimeOffset at, CaseFaults faults)
    {
        var handed = ImmutableArray.CreateBuilder<string>();
        foreach (var handing in desk.Reassign(at))
        {
            var item = handing.After;
            try
            {
                await Case(item.Case).HandOverAsync(new HandOver(at, item.Version, item.Officers));
                handed.Add(item.Case);
            }
            catch (Exception e)
            {
                // What a case could not record did not happen; the next sweep tries again.
                desk.TakeBack([handing]);
                faults.Add(item.Case, e);
            }
        }

        return handed.ToImmutable();
    }

    private CaseFaults NewFaults() => new(world, toldFaulty);

    /// <summary>Has every open case of an item follow a change of its power (A4).</summary>
    /// <returns>Their numbers, and those that could not follow for what they are.</returns>
    public async Task<(ImmutableArray<string> Followed, ImmutableArray<FaultedCase> Faulted)> FollowPowerAsync(
        string town,
        PowerChanged change,
        DateTimeOffset at
    )
    {
        var (followed, faults) = (ImmutableArray.CreateBuilder<string>(), NewFaults());
        string? before = null;
        while (true)
        {
            var open = await storage.ReadModel.ListCasesAsync(
                new CaseQuery(town, Subject: change.Item, Disposition: Disposition.Open, Take: Page, BeforeNumber: before)
            );
            foreach (var row in open)
            {
                try
                {
                    await Case(row.Number).FollowPowerAsync(new FollowPower(at, change.Change, change.From));
                    followed.Add(row.Number);
                }
                catch (Exception e)
                {
                    faults.Add(row.Number, e);
                }
            }

            if (open.Count < Page)
            {
                return (followed.ToImmutable(), faults.End());
            }

            before = open[^1].Number;
        }
    }

    /// <summary>Has every case here whose due day has moved with other seeds record it.</summary>
    /// <returns>How many had moved, and those that could not follow for what they are.</returns>
    public async Task<DueDaysFollow> FollowDueDaysAsync(DateTimeOffset at, DueDaysAhead ahead)
    {
        var (moved, faults) = (0, NewFaults());
        foreach (
            var some in desk.List(null)
                .Where(item => SeedsRules.MayHaveMoved(ahead.Moved, ahead.All, item.Due, item.NextCheckOn))
                .Chunk(Abreast)
        )
        {
            // Side by side, so that a commit takes many.
            var following = some.Select(item =>
                    Case(item.Case).FollowDueDayAsync(new FollowDueDay(at, item.Due, item.NextCheckOn, ahead.Because, ahead.Moved))
                )
                .ToArray();
            for (var n = 0; n < following.Length; n++)
            {
                try
                {
                    moved += await following[n] ? 1 : 0;
                }
                catch (Exception e)
                {
                    faults.Add(some[n].Case, e);
                }
            }
        }

        return new(moved, faults.End());
    }

    private const int Page = 500,
        Abreast = 256;

    // A case whose activation was lost between taking a step in here and recording it has left a step that never came.
    // Tells whether the calendar is too short for the case's limits.
    private async ValueTask<bool> LookAsync(string caseNumber, DateTimeOffset at)
    {
        var before = desk.Find(caseNumber);
        var view = await Case(caseNumber).CheckDeadlinesAsync(at);
        if (before is not null && (view.Workplace != key || view.Step != before.Step) && desk.TryRelease(before) && view.Workplace == key)
        {
            await Case(caseNumber).CheckDeadlinesAsync(at);
        }

        return view.ClockUnknown;
    }

    private ICaseInside Case(string number) => grains.Grain<ICaseInside>(Address.Case(world, number));

    private async Task FillAsync(IEnumerable<(Colleague Person, ImmutableArray<Absence> Absences)> people)
    {
        foreach (var (person, absences) in people)
        {
            Join(person);
            Absent(person.Id, absences);
        }

        // As recorded: who is away by now, and what nobody has, is for the next sweep to hand over, so that the cases know.
        desk.Open(await storage.ReadModel.ListWorkAsync(key));
        neighbours.Queues.Put(key, desk);
    }
}
