using Microsoft.AspNetCore.Http;
using TownReform.Grains.Rules.Counties;
using TownReform.Grains.Rules.Offices;
using TownReform.Grains.Rules.Records;
using TownReform.Grains.Rules.Staff;
using TownReform.Silo.Identity;
using TownReform.Silo.Tests.Api;

namespace TownReform.Silo.Tests.Access.Pairs;

/// <summary>What commands to offices are to be answered: filings of the county, leave of the town's people.</summary>
internal sealed class OfficeOracle(SignedInSilo silo, SpeakerOracle speakers, Func<DateTimeOffset> now)
{
    // A department files what it was sent, and nothing else.
    public async Task<PairOutcome> FilingAsync(Requester who, FilePair file)
    {
        if (!who.May(KeyScopes.CountyFiles))
        {
            return PairOutcome.AtTheDoor(RefusalCode.NotForClients);
        }

        if (who.Account is not { CountyOffice: not null, County: { } county })
        {
            return PairOutcome.AtTheDoor(RefusalCode.OfficeNotHeld);
        }

        if ((await speakers.SpeakerAsync(who, file.Office)).IsRefused(out var refusal, out var speaker))
        {
            return PairOutcome.AtTheDoor(refusal);
        }

        var task = (await Filings(county, file.Office).ListFilingsAsync(false)).FirstOrDefault(one => one.Case == file.Case);
        if (task is null)
        {
            return PairOutcome.ByRule(FilingRefusals.Unknown(file.Case));
        }

        var (plan, at) = (silo.Seeds.Towns[task.Town], now());
        var command = new AnswerFiling(new Stamp(Guid.Empty, speaker.Actor, at), file.Case, file.Answer, file.Reason);
        var level = silo.Seeds.Counties[county].Department(file.Office)!.Level;
        var decided = FilingRules.Answer(FilingState.Empty.With(Task(task)), command, level, plan.Policy, plan.DayOf(at));
        return (OfficeRules.OfDepartment(plan, speaker.Actor, plan.DayOf(at), FilingRules.Act, file.Office) ?? RefusalIn(decided)) is { } no
            ? PairOutcome.ByRule(no)
            // The same answer once more changes nothing.
            : new PairOutcome(StatusCodes.Status200OK, null, Recorded: decided is not null);
    }

    public async Task<PairOutcome> LeaveAsync(Requester who, LeavePair leave)
    {
        if (!who.May(KeyScopes.ActForOffice))
        {
            return PairOutcome.AtTheDoor(RefusalCode.NotForClients);
        }

        if ((await speakers.SpeakerAsync(who, null)).IsRefused(out var refusal, out var speaker))
        {
            return PairOutcome.AtTheDoor(refusal);
        }

        if (
            speaker.Town is not { } town
            || await speakers.PersonAsync(town, leave.Staff) is not { } person
            || (person.Organ != speaker.Actor.Office && !AccessRules.IsSuperior(speaker))
        )
        {
            return PairOutcome.AtTheDoor(RefusalCode.StaffUnknown);
        }

        var (plan, at) = (silo.Seeds.Towns[town], now());
        return
            (
                OfficeRules.Over(plan, speaker.Actor, speaker.Staff, plan.DayOf(at), at, "leave", person)
                ?? StaffRules.TakeLeave(StaffState.Empty with { Facts = person }, person.Id, leave.From, leave.Until)?.Refusal
            )
                is { } no
            ? PairOutcome.ByRule(no)
            : new PairOutcome(StatusCodes.Status200OK, null, Recorded: true);
    }

    // An interference is an event of its own that also refuses.
    private static Refusal? RefusalIn(Outcome<FilingEvent>? decided) => decided?.Refusal ?? (decided?.Value as IRefused)?.Refused.Refusal;

    private ICountyOfficeGrain Filings(string county, string office) =>
        silo.Grains.Grain<ICountyOfficeGrain>(Address.CountyOffice(Address.Live, county, office));

    private static FilingTask Task(FilingView view) =>
        new(
            Case: view.Case,
            Town: view.Town,
            Item: view.Item,
            Forward: false,
            ReceivedOn: view.ReceivedOn,
            AnsweredOn: view.AnsweredOn,
            Answer: view.Answer,
            Interferences: view.Interferences,
            Guided: view.Guided,
            Comment: view.Comment
        );
}
