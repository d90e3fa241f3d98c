using Orleans.Placement;
using TownReform.Grains.Journal;
using TownReform.Grains.Recording;
using TownReform.Grains.Rules.Assessments;
using TownReform.Grains.Rules.Texts;
using TownReform.Grains.Rules.Towns;
using TownReform.Grains.Seeds;

namespace TownReform.Grains.Assessments;

/// <summary>One round: marks come one at a time, so the share of excellent holds under concurrent marking (E7).</summary>
[GrainType("assessment-round"), PreferLocalPlacement]
public sealed class AssessmentRoundGrain(IWorlds worlds, SeedLibrary seeds)
    : OfficeGrain<AssessmentState, AssessmentEvent>(worlds, AssessmentRecord.Events, "assessment-round"), IAssessmentRoundGrain
{
    protected override AssessmentState Empty => AssessmentState.Empty;

    private string Town => Key[..Key.IndexOf('/')];

    private string Round => Key[(Key.IndexOf('/') + 1)..];

    public async Task<Outcome<AssessmentView>> OpenAsync(OpenAssessment command)
    {
        if ((KeyFault ?? CommandTexts.Read(ref command)) is { } unfit)
        {
            return unfit;
        }

        if (!seeds.Towns.TryGetValue(Town, out var plan))
        {
            return TownRefusals.Unknown(Town);
        }

        if (!seeds.Calendar.Covers(new DateOnly(command.Year, 1, 1)))
        {
            return AssessmentRefusals.OutsideCalendar(command.Year, seeds.Calendar);
        }

        var terms = AssessmentRules.TermsOf(AssessmentRules.WorkingDaysOf(seeds.Calendar, command.Year), plan.Policy, seeds.Law.On(plan.DayOf(command.Stamp.At)));
        return await AnswerAsync(
            command.Stamp,
            "open",
            state => AssessmentRules.Open(state, command, terms),
            happened => happened is AssessmentOpened it && it.Year == command.Year && it.People.SequenceEqual(command.People),
            View);
    }

    public async Task<Outcome<AssessmentView>> MarkAsync(MarkStaff command) =>
        (KeyFault ?? CommandTexts.Read(ref command)) is { } unfit ? unfit : await AnswerAsync(
            command.Stamp,
            "mark",
            state => AssessmentRules.Mark(state, command.Staff, command.Grade),
            happened => happened is StaffMarked it && it.Staff == command.Staff && it.Grade == command.Grade,
            View);

    public async Task<Outcome<AssessmentView>> CloseAsync(CloseAssessment command) =>
        (KeyFault ?? CommandTexts.Read(ref command)) is { } unfit ? unfit : await AnswerAsync(command.Stamp, "close", state => AssessmentRules.Close(state, Round), happened => happened is AssessmentClosed, View);

    public async Task<Outcome<AssessmentView>> ReadAsync()
    {
        await LoadAsync();
        return State.Opened ? View(State) : AssessmentRefusals.Unknown(Round);
    }

    protected override AssessmentState Apply(AssessmentState state, AssessmentEvent happened) => AssessmentRules.Apply(state, happened);

    protected override AssessmentEvent Refuse(Refused refused) => new AssessmentRefused(refused);

    private AssessmentView View(AssessmentState state) => AssessmentRules.View(Town, Round, state);
}
