using System.Collections.Immutable;
using Orleans.Placement;
using TownReform.Grains.Journal;
using TownReform.Grains.Neighbours;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Assessments;
using TownReform.Grains.Rules.Offices;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Records;
using TownReform.Grains.Rules.Texts;
using TownReform.Grains.Rules.Towns;

namespace TownReform.Grains.Assessments;

/// <summary>One round: marks come one at a time, so the share of excellent holds under concurrent marking (E7).</summary>
[GrainType("assessment-round"), PreferLocalPlacement]
public sealed class AssessmentRoundGrain(IWorlds worlds, INeighbourhood neighbourhood, SeedLibrary seeds)
    : OfficeGrain<AssessmentState, AssessmentEvent>(worlds, neighbourhood, AssessmentRecord.Events, "assessment-round"),
        IAssessmentRoundGrain
{
    protected override AssessmentState Empty => AssessmentState.Empty;

    private string Town => KeyHead;

    private Speakers Speakers => new(seeds.Towns[Town], Neighbours);

    private string Round => Key[(Key.IndexOf('/') + 1)..];

    public async Task<Outcome<AssessmentView>> OpenAsync(OpenAssessment command)
    {
        if ((KeyFault ?? CommandTexts.Read(ref command)) is { } unfit)
        {
            return unfit;
        }

        if (NoTown is { } nowhere)
        {
            return nowhere;
        }

        var plan = seeds.Towns[Town];

        if (!seeds.Calendar.Covers(new DateOnly(command.Year, 1, 1)))
        {
            return AssessmentRefusals.OutsideCalendar(command.Year, seeds.Calendar);
        }

        var terms = AssessmentRules.TermsOf(
            AssessmentRules.WorkingDaysOf(seeds.Calendar, command.Year),
            plan.Policy,
            seeds.Law.On(plan.DayOf(command.Stamp.At))
        );
        return await AnswerAsync(
            stamp: command.Stamp,
            act: "open",
            says: [$"{command.Year}", .. command.People.Select(p => $"{p.Staff}|{p.Group}|{p.OnProbation}|{p.DaysAbsent}")],
            rule: state => AssessmentRules.Open(state, command, terms),
            same: happened => happened is AssessmentOpened it && it.Year == command.Year && it.People.SequenceEqual(command.People),
            view: View,
            who: async () =>
                await Speakers.InRoleAsync(command.Stamp, "open", OfficeRules.Personnel)
                ?? await StrangersAsync(command.People)
                ?? AssessmentRules.Whole(command, await OnRecordAsync(plan))
        );
    }

    public async Task<Outcome<AssessmentView>> MarkAsync(MarkStaff command) =>
        (KeyFault ?? CommandTexts.Read(ref command) ?? NoTown) is { } unfit
            ? unfit
            : await AnswerAsync(
                stamp: command.Stamp,
                act: "mark",
                says: [command.Staff, $"{command.Grade}"],
                rule: state => AssessmentRules.Mark(state, command.Staff, command.Grade),
                same: happened => happened is StaffMarked it && it.Staff == command.Staff && it.Grade == command.Grade,
                view: View,
                who: async () =>
                    await Speakers.PersonAsync(command.Staff) is { } person
                        ? await Speakers.OverAsync(command.Stamp, "mark", person)
                        : AssessmentRefusals.NotInRound(command.Staff)
            );

    public async Task<Outcome<AssessmentView>> CloseAsync(CloseAssessment command) =>
        (KeyFault ?? CommandTexts.Read(ref command) ?? NoTown) is { } unfit
            ? unfit
            : await AnswerAsync(
                stamp: command.Stamp,
                act: "close",
                says: [],
                rule: state => AssessmentRules.Close(state, Round),
                same: happened => happened is AssessmentClosed,
                view: View,
                who: () => Speakers.InRoleAsync(command.Stamp, "close", OfficeRules.Personnel)
            );

    public async Task<Outcome<AssessmentView>> ReadAsync()
    {
        await LoadAsync();
        return State.Opened ? View(State) : AssessmentRefusals.Unknown(Round);
    }

    protected override AssessmentState Apply(AssessmentState state, AssessmentEvent happened) => AssessmentRules.Apply(state, happened);

    protected override AssessmentEvent Refuse(Refused refused) => new AssessmentRefused(refused);

    // A key without a round would be on record and belong to none.
    private Refusal? NoTown =>
        Key.Length <= KeyHead.Length + 1 ? RecordingRefusals.NoSuchOffice(Key)
        : seeds.Towns.ContainsKey(Town) ? null
        : TownRefusals.Unknown(Town);

    // The round is over the people whom the town's own record lists.
    private async ValueTask<Refusal?> StrangersAsync(ImmutableArray<Assessee> people)
    {
        var strangers = new List<string>();
        foreach (var person in people)
        {
            if (await Speakers.PersonAsync(person.Staff) is null)
            {
                strangers.Add(person.Staff);
            }
        }

        return strangers.Count > 0 ? OfficeRefusals.NotOnRecord(strangers) : null;
    }

    private async ValueTask<List<StaffFacts>> OnRecordAsync(TownPlan plan)
    {
        var people = new List<StaffFacts>();
        foreach (var settler in TownRules.Settlers(plan).Where(settler => settler.HoldsPost))
        {
            if (await Speakers.PersonAsync(settler.Person.Id) is { } person)
            {
                people.Add(person);
            }
        }

        return people;
    }

    private AssessmentView View(AssessmentState state) => AssessmentRules.View(Town, Round, state);
}
