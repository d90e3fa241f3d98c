using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;
using TownReform.Grains.Rules.Powers;
using TownReform.Grains.Rules.Texts;
using TownReform.Grains.Rules.Towns;
using TownReform.Silo.Api.Conventions;

namespace TownReform.Silo.Identity;

/// <summary>A case that somebody may see, with what they may do with it.</summary>
/// <param name="Case">As it stands.</param>
/// <param name="Shown">As it stood at the moment that was asked for; as it stands, where none was.</param>
/// <param name="Relation">What they have to do with it.</param>
/// <param name="Rights">What follows from that (<see cref="AccessRules"/>).</param>
/// <param name="Actor">As whom they would act; null for those who only read.</param>
internal sealed record OpenedFile(CaseView Case, CaseView Shown, CaseRelation Relation, CaseRights Rights, Actor? Actor);

/// <summary>A case on which somebody may try to act.</summary>
/// <param name="Actor">As whom.</param>
internal sealed record ActorsFile(CaseView Case, CaseRelation Relation, Actor Actor);

/// <summary>That somebody may do something with a case; nothing of its file.</summary>
/// <param name="Number">As the town writes it.</param>
/// <param name="Town">Code of its town.</param>
/// <param name="Opened">When it was opened.</param>
/// <param name="Actor">As whom they would act; null for those who only read.</param>
internal sealed record KnownCase(string Number, string Town, DateTimeOffset Opened, CaseRights Rights, Actor? Actor);

/// <summary>
/// Opens the file of a case for whoever asks, or says that there is no such case: what every endpoint and page of a case asks first. It
/// gathers the facts of <see cref="AccessRules"/>: who asks, from which office just now, and what the record tells of that office. It is
/// the only door to a file, and notes who is shown it (阅卷留痕, <see cref="ReadNotes"/>) before it lets them in.
/// </summary>
internal sealed class CaseFiles(TownCalls town, SpeakingAs speaking, SeedLibrary seeds, ITownClock clock, ReadNotes notes)
{
    /// <summary>Opens a file to be shown. When this answers, it is on record that it was.</summary>
    /// <param name="number">As it was sent.</param>
    /// <param name="reading">What of it is going to be shown, and what for.</param>
    /// <param name="office">The office that they chose; null: the one that they hold.</param>
    /// <returns>The file; else 1001, also where it isn't theirs, why they speak for no office just now, that they must say what for, or
    /// that it can't be noted just now.</returns>
    public async Task<Outcome<OpenedFile>> OpenAsync(Requester who, string number, Reading reading, string? office = null)
    {
        if ((await FindAsync(who, number, office, CaseRights.Read)).IsRefused(out var refusal, out var file))
        {
            return refusal;
        }

        if (reading.Then is { } then)
        {
            if ((await TownCalls.SendAsync(() => town.Case(file.Case.Number).ReadAtAsync(then))).IsRefused(out refusal, out var past))
            {
                return refusal;
            }

            file = file with { Shown = past };
        }

        return await notes.NoteAsync(who, file, reading) is { } no ? no : file;
    }

    /// <summary>Whether somebody may do something with a case. Shows nothing of it, so nothing is noted.</summary>
    /// <param name="wanted">What they want to do with it.</param>
    public async Task<Outcome<KnownCase>> MayAsync(Requester who, string number, CaseRights wanted, string? office = null) =>
        (await FindAsync(who, number, office, wanted)).IsRefused(out var refusal, out var file)
            ? refusal
            : new KnownCase(file.Case.Number, file.Case.Town, file.Case.OpenedAt, file.Rights, file.Actor);

    private async Task<Outcome<OpenedFile>> FindAsync(Requester who, string number, string? office, CaseRights wanted)
    {
        Speaker? speaker = null;
        if (town.Held is null && SpeaksForOffice(who) && (await speaking.OfficeAsync(who, office)).IsRefused(out var refusal, out speaker))
        {
            return refusal;
        }

        var asked = number;
        if (
            TextRules.Need(TextKind.CaseNumber, CaseNumber, ref asked) is not null
            || (await TownCalls.SendAsync(() => town.Case(asked).ReadAsync())).IsRefused(out refusal, out var found)
                && refusal.Code == RefusalCode.CaseUnknown
        )
        {
            return CaseRefusals.Unknown(number);
        }

        if (refusal is not null)
        {
            return refusal;
        }

        return await OfAsync(who, speaker, found!, wanted);
    }

    /// <summary>The file for somebody who wants to act on the case, or to know what they may do. Whether an act is done the case says, and
    /// records it: whoever acts stands on the case itself, and is not noted as a reader too.</summary>
    /// <param name="shown">What of the file is shown to them beside the act, which is noted; null for nothing.</param>
    /// <returns>The file with its actor; 1001 where they have nothing to do with it; why they act for nobody.</returns>
    public async Task<Outcome<ActorsFile>> ToActAsync(Requester who, string number, string? office = null, Reading? shown = null)
    {
        if ((await FindAsync(who, number, office, CaseRights.None)).IsRefused(out var refusal, out var file))
        {
            return refusal;
        }

        var scope = file.Relation is CaseRelation.Party or CaseRelation.Agent ? KeyScopes.ApplyForParty : KeyScopes.ActForOffice;
        refusal =
            (file.Rights & (CaseRights.Read | CaseRights.Act)) == 0 ? CaseRefusals.Unknown(number)
            : file.Actor is null ? IdentityRefusals.NoOffice(office ?? "")
            : file.Relation != CaseRelation.Simulated && !who.May(scope) ? IdentityRefusals.OutsideScope(scope)
            : shown is not null ? await notes.NoteAsync(who, file, shown)
            : null;
        return refusal is not null ? refusal : new ActorsFile(file.Case, file.Relation, file.Actor!);
    }

    private async Task<Outcome<OpenedFile>> OfAsync(Requester who, Speaker? speaker, CaseView @case, CaseRights wanted)
    {
        if (!seeds.Towns.TryGetValue(@case.Town, out var plan))
        {
            return CaseRefusals.Unknown(@case.Number);
        }

        // Whoever looks into a simulated world was let in at its door; nobody in it is real.
        var relation = town.Held is null ? AccessRules.RelationOf(who, speaker, @case, plan, null) : CaseRelation.Simulated;
        if (speaker is not null && relation is CaseRelation.None or CaseRelation.OwnTown)
        {
            relation = AccessRules.RelationOf(who, speaker, @case, plan, await PastAsync(speaker!, @case, plan));
        }

        var rights = AccessRules.RightsOf(who, speaker, relation);
        return (rights & wanted) == wanted
            ? new OpenedFile(@case, @case, relation, rights, ActorOf(who, speaker, relation, @case))
            : CaseRefusals.Unknown(@case.Number);
    }

    /// <summary>As whom somebody opens a case, or acts where no case is yet.</summary>
    /// <param name="office">The office that they chose; null: the party's own matter, or the office that they hold.</param>
    public Task<Outcome<Speaker>> SpeakerAsync(Requester who, string? office, string? party) =>
        office is null && !SpeaksForOffice(who) ? Task.FromResult(SpeakingAs.ForParty(who, party)) : speaking.OfficeAsync(who, office);

    /// <summary>Whether an account is one of an office's, rather than a party's or one that only reads.</summary>
    public static bool SpeaksForOffice(Requester who) => who.Account is { Staff: not null } or { CountyOffice: not null };

    private static Actor? ActorOf(Requester who, Speaker? speaker, CaseRelation relation, CaseView @case) =>
        relation switch
        {
            CaseRelation.Party or CaseRelation.Agent => SpeakingAs.ForParty(who, @case.Party.Id).Value?.Actor,
            CaseRelation.Simulated => InHand(@case),
            _ => speaker?.Actor,
        };

    // What can be done in a simulated world is told as to whoever has the case there.
    private static Actor InHand(CaseView @case) =>
        @case is { Officers: [var officer, ..], Workplace: { } place }
            ? new Actor(officer, place[(place.IndexOf('/', StringComparison.Ordinal) + 1)..])
            : new Actor(@case.Party.Id, Actor.Public);

    // Asked only for an office that doesn't have the case now.
    private async Task<OfficePast> PastAsync(Speaker speaker, CaseView @case, TownPlan plan)
    {
        var records = await CaseHistories.ReadAsync(town.Case(@case.Number), @case.Version);
        var opened = !records.IsEmpty && IsOf(records[0].Actor);
        return new OfficePast(opened, records.Any(record => IsOf(record.Actor)), await GuidesAsync(speaker, @case, plan));

        // The town and the county may both have an office of that code; then the person's id tells.
        bool IsOf(Actor actor) =>
            actor.Office == speaker.Actor.Office
            && actor.Id.StartsWith($"{plan.Prefix}-", StringComparison.OrdinalIgnoreCase) == speaker.Town is not null;
    }

    private async Task<bool> GuidesAsync(Speaker speaker, CaseView @case, TownPlan plan)
    {
        if (speaker.County is null || !plan.Items.TryGetValue(@case.Subject, out var item) || item.CountyDepartment != speaker.Actor.Office)
        {
            return false;
        }

        var day = plan.DayOf(await clock.NowAsync());
        return (await TownCalls.SendAsync(() => town.Catalogue(plan.Code).HoldingAsync(item.Code, day))).Value is { } holding
            && PowerRules.IsGuided(holding, plan.Policy, day);
    }

    private static readonly TextName CaseNumber = new("case", "案件编号", "number of the case");
}
