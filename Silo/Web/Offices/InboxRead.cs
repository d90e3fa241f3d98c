using System.Collections.Immutable;

namespace TownReform.Silo.Web.Offices;

/// <summary>Reads the work of an office.</summary>
internal static class InboxRead
{
    private const int Most = 1000;

    /// <summary>Everything that waits at an office, most urgent first.</summary>
    public static async Task<(ImmutableArray<DeskTask> Tasks, ImmutableHashSet<string> Away)> ReadAsync(
        IGrainFactory grains,
        OfficeRoom room
    )
    {
        var work = room.WorkplaceGrain(grains).ListAsync(null);
        var search = new CaseSearch(Disposition: Disposition.Open, Workplace: room.Workplace, Take: Most);
        var lines = (await grains.GetGrain<ICaseIndexGrain>(Address.Live).ListAsync(search)).ToDictionary(line => line.Number);
        var tasks = (await work).Select(item => Task(room, item, lines.GetValueOrDefault(item.Case))).ToImmutableArray();
        return (tasks, await AwayAsync(grains, room, tasks.SelectMany(task => task.Officers)));
    }

    private static DeskTask Task(OfficeRoom room, WorkItem item, CaseLine? line)
    {
        var names = room.NamesOf(line?.Town ?? "");
        return new DeskTask(
            Number: item.Case,
            StepCode: item.Step,
            Step: names.Step(line?.Procedure ?? "", 0, item.Step),
            ItemCode: item.Item,
            Item: line is null || item.Item.Length > 0 ? names.Item(item.Item) : names.ProcedureName(line.Procedure),
            Party: line is null ? "" : PartyOf(names, line.Party),
            Colour: line?.Colour ?? ClockColour.Green,
            Due: item.Due,
            Officers: item.Officers,
            Green: item.Green,
            IsWaiting: item.Role is null
        );
    }

    /// <summary>A party as lists show it; an office by its name.</summary>
    private static string PartyOf(TownNames names, Party party) =>
        names.Office(party.Id) is var office && office.Zh != party.Id ? office.Zh : party.Masked();

    // Only those who have something in hand are asked after.
    private static async Task<ImmutableHashSet<string>> AwayAsync(IGrainFactory grains, OfficeRoom room, IEnumerable<string> officers)
    {
        if (room.Speaker.Town is not { } town)
        {
            return [];
        }

        var today = room.Today;
        var read = await System.Threading.Tasks.Task.WhenAll(
            officers.Distinct().Select(id => grains.GetGrain<IStaffGrain>(Address.Staff(Address.Live, town, id)).ReadAsync())
        );
        return
        [
            .. read.Select(answer => answer.Value)
                .OfType<StaffFacts>()
                .Where(person => person.Absences.Any(absence => absence.From <= today && today <= absence.Until))
                .Select(person => person.Id),
        ];
    }
}
