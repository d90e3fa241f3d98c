using System.Collections.Immutable;
using TownReform.Grains.Rules.Cases;
using TownReform.Silo.Api.Conventions;

namespace TownReform.Silo.Web.Offices;

/// <summary>Reads the work of an office.</summary>
internal sealed class WorkRead(TownCalls town, CaseSubjects subjects)
{
    private const int MostOverdue = 200;

    /// <summary>What waits at an office, most urgent first; refused where the cursor is none.</summary>
    public async Task<Outcome<WorkModel>> ReadAsync(OfficeRoom room, WorkQuery query)
    {
        var workplace = room.WorkplaceGrain(town.Grains);
        var tabs = WorkTabs.All.Where(tab => !room.IsOfCounty || tab.Key != WorkTabs.Absent).ToImmutableArray();
        var counts = TownCalls.AskAsync(() => workplace.CountInboxAsync([.. tabs.Select(tab => tab.Of(room.Me, room.Today))]));
        var asked = await TownCalls.SendAsync(() => workplace.InboxAsync(query.Asked(room.Me, room.Today)));
        if (asked.IsRefused(out var refusal, out var page))
        {
            return refusal;
        }

        var all = await counts;
        var open = query.TabOf();
        return new WorkModel
        {
            Path = room.Path(),
            Office = room.Name,
            Me = room.Me,
            Query = query,
            Tabs = [.. tabs.Zip(all, (tab, count) => new WorkTab(tab.Key, tab.Name, count.Total, tab == open))],
            Counts = page.Counts,
            Tasks = await TasksAsync(room, page.Lines),
            Choices = Choices(room, tabs.IndexOf(open) is >= 0 and var at ? all[at] : page.Counts),
            NextPage = page.Next,
        };
    }

    /// <summary>What is overdue at an office, with those of its officers who are away.</summary>
    public async Task<OverdueModel> OverdueAsync(OfficeRoom room)
    {
        var workplace = room.WorkplaceGrain(town.Grains);
        var page = (await TownCalls.SendAsync(() => workplace.InboxAsync(new InboxQuery(Overdue: true, Take: MostOverdue)))).Value;
        var lines = page?.Lines ?? [];
        var tasks = (await TasksAsync(room, lines)).ToDictionary(task => task.Number);
        var away = await AwayAsync(room, lines.SelectMany(line => line.Work.Officers));
        return new OverdueModel(
            room.Path(),
            room.Name,
            room.Today,
            [
                .. lines
                    .Where(line => tasks.ContainsKey(line.Work.Case))
                    .Select(line => new OverdueTask(
                        tasks[line.Work.Case],
                        PageDates.DayOf(line.Work.Since, room.Zone),
                        [.. away.Where(one => line.Work.Officers.Contains(one.Officer))]
                    )),
            ],
            page?.Counts.Total ?? 0
        )
        {
            MayReassign = ReassignRules.IsHead(room.Speaker.Staff),
        };
    }

    private async Task<ImmutableArray<(string Officer, DateOnly Until)>> AwayAsync(OfficeRoom room, IEnumerable<string> officers)
    {
        if (room.Speaker.Town is not { } code)
        {
            return [];
        }

        var read = await Task.WhenAll(officers.Distinct().Select(id => TownCalls.SendAsync(() => town.Staff(code, id).ReadAsync())));
        return
        [
            .. read.Select(answer => answer.Value)
                .OfType<StaffFacts>()
                .SelectMany(person =>
                    person
                        .Absences.Where(absence => absence.From <= room.Today && room.Today <= absence.Until)
                        .Select(absence => (person.Id, absence.Until))
                ),
        ];
    }

    private static WorkChoices Choices(OfficeRoom room, InboxCounts counts) =>
        new(
            [.. counts.Steps.Select(step => (step.Code, room.NamesOf("").AnyStep(step.Code)))],
            [.. counts.Colours.Where(colour => colour.Count > 0).Select(colour => colour.Colour).Order()],
            [.. counts.Officers.Select(officer => officer.Code)]
        );

    private async Task<ImmutableArray<WorkTask>> TasksAsync(OfficeRoom room, ImmutableArray<InboxLine> lines)
    {
        if (lines.IsEmpty)
        {
            return [];
        }

        var known = await subjects.OfAsync(town, lines.Select(line => line.Work.Case));
        return
        [
            .. lines
                .Where(line => known.ContainsKey(line.Work.Case))
                .Select(line => (Line: line, Case: known[line.Work.Case]))
                .Select(one => Of(room, one.Line, one.Case.Town, one.Case.Procedure, one.Case.Party)),
        ];
    }

    private static ImmutableArray<ListedName> ForMany(ListedStep? step) =>
        step is null || step.Batch.IsDefaultOrEmpty ? [] : [.. step.Acts.Where(act => step.Batch.Contains(act.Code))];

    private static WorkTask Of(OfficeRoom room, InboxLine line, string of, string procedure, Party party)
    {
        var (names, work) = (room.NamesOf(of), line.Work);
        return new WorkTask(
            Number: work.Case,
            Step: names.Step(procedure, 0, work.Step),
            Item: names.Title(procedure, work.Item),
            Party: names.Office(party.Id) is var office && office.Zh != party.Id ? office.Zh : party.Masked(),
            Colour: line.Colour,
            Due: work.Due,
            Officers: work.Officers,
            Green: work.Green,
            IsWaiting: work.Role is null
        )
        {
            ForMany = ForMany(names.Procedure(procedure)?.Steps.FirstOrDefault(step => step.Code == work.Step)),
        };
    }
}
