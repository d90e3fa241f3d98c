using TownReform.Grains.Rules;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Audit.EndState;

/// <summary>By which calendar and which content of procedures a town went when something was recorded: records come in the order of their
/// commits.</summary>
internal sealed class SeedsOfDay(SeedLibrary seeds)
{
    private readonly Dictionary<string, (SeedsTaken Taken, WorkCalendar Calendar)> towns = new(StringComparer.Ordinal);
    private readonly HashSet<(string Town, string Procedure, int Version)> changed = [];

    public void Take(string town, SeedsTaken taken)
    {
        foreach (var procedure in SeedsRules.Missing(taken, seeds))
        {
            changed.Add((town, procedure.Code, procedure.Version));
        }

        towns[town] = (taken, SeedsRules.Same(taken.Calendar, seeds.Calendar.Taken()) ? seeds.Calendar : WorkCalendar.From(taken.Calendar));
    }

    /// <summary>The calendar that the town went by; that of the seeds where an earlier release didn't record it.</summary>
    public WorkCalendar Calendar(string town) => towns.TryGetValue(town, out var known) ? known.Calendar : seeds.Calendar;

    /// <summary>Whether limits were reckoned by the law that the seeds hold.</summary>
    public bool IsLawAsNow(string town) => !towns.TryGetValue(town, out var known) || known.Taken.Law == seeds.LawHash;

    /// <summary>Whether the version once said something else in that town, so that old cases can't be judged by what it says now.</summary>
    public bool HasChanged(string town, string procedure, int version) => changed.Contains((town, procedure, version));
}
