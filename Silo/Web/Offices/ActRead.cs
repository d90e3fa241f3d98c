using System.Collections.Immutable;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity;
using TownReform.Silo.Web.Acts;

namespace TownReform.Silo.Web.Offices;

/// <summary>Asks a case about an act, and has it done.</summary>
internal sealed class ActRead(CaseFiles files, TownCalls town)
{
    /// <summary>The form of an act of the present step, empty; also of one that isn't possible now. Refused where there is no such case
    /// for whoever asks, or its procedure has no such act.</summary>
    /// <param name="isShown">The form is going to be shown, with what it says of the case.</param>
    public async Task<Outcome<ActFormModel>> ReadAsync(Requester who, OfficeRoom room, string number, string act, bool isShown)
    {
        if (
            (await files.ToActAsync(who, number, room.Code, isShown ? new Reading(FilePart.File) : null)).IsRefused(
                out var refusal,
                out var file
            )
            || (await TownCalls.SendAsync(() => town.Case(file.Case.Number).AskAsync(room.Stamp(Guid.Empty)))).IsRefused(
                out refusal,
                out var asked
            )
        )
        {
            return refusal;
        }

        var (view, names) = (file.Case, room.NamesOf(file.Case.Town));
        var state = asked.Step ?? names.Step(view.Procedure, view.ProcedureVersion, view.Ending ?? view.Step);
        if ((asked.Acts.FirstOrDefault(one => one.Act == act) ?? await ElsewhereAsync(room, view, state, act)) is not { } found)
        {
            return CaseRefusals.Unknown(number);
        }

        return new ActFormModel
        {
            FilePath = room.Path($"/cases/{view.Number}"),
            Case = view,
            Subject = names.Title(view.Procedure, view.Subject),
            State = state,
            Act = found,
            Form = FilledForm.Empty(found.Fields) with { Choices = await ChoicesAsync(room, names, view, found) },
            Command = FormCommand.New(asked.Version),
            Zone = names.Town.TimeZone,
        };
    }

    /// <summary>The form with what it would lead to; with fields also why it would be refused.</summary>
    /// <param name="given">What was filled in; default: nothing yet, and a refusal then says nothing.</param>
    public async Task<ActFormModel> ForeseeAsync(OfficeRoom room, ActFormModel model, ImmutableArray<Field> given = default)
    {
        if (given.IsDefault && model.Act.Refusal is not null)
        {
            return model;
        }

        var version = given.IsDefault ? null : model.Command.Version;
        var command = new ActOnCase(room.Stamp(Guid.Empty), model.Act.Act, given.IsDefault ? [] : given, version);
        var foreseen = await TownCalls.SendAsync(() => town.Case(model.Case.Number).ForeseeAsync(command));
        return foreseen.IsRefused(out var refusal, out var outlook)
            ? given.IsDefault
                ? model
                : model with
                {
                    Form = model.Form with { Refusal = refusal },
                }
            : model with
            {
                Outlook = outlook,
            };
    }

    /// <summary>Has the act done.</summary>
    public Task<Outcome<CaseView>> DoAsync(Requester who, OfficeRoom room, ActFormModel model)
    {
        var id = new IdempotencyKey(model.Command.Key).CommandOf(who.AccountId!);
        var command = new ActOnCase(room.Stamp(id), model.Act.Act, model.Form.Given, model.Command.Version);
        return TownCalls.SendAsync(() => town.Case(model.Case.Number).ActAsync(command));
    }

    /// <summary>The form after a refusal: what was typed stays, and it can be sent again as another command. Nothing was recorded under the
    /// same one where the town was busy.</summary>
    public async Task<ActFormModel> RefusedAsync(OfficeRoom room, ActFormModel model, Refusal refusal)
    {
        var refused = model with { Form = model.Form with { Refusal = refusal } };
        if (refusal.Code == RefusalCode.Busy)
        {
            return refused;
        }

        if (refusal.Code == RefusalCode.CaseMovedOn)
        {
            return await MeanwhileAsync(refused);
        }

        // The refusal itself stands on the record, so that the case has another version now.
        var now = await TownCalls.SendAsync(() => town.Case(model.Case.Number).AskAsync(room.Stamp(Guid.Empty)));
        return refused with { Command = FormCommand.New(now.Value?.Version) };
    }

    /// <summary>A form that came too late: what has happened since it was shown, and the version that is now seen.</summary>
    public async Task<ActFormModel> MeanwhileAsync(ActFormModel model)
    {
        if (model.Form.Refusal?.Code != RefusalCode.CaseMovedOn || model.Command.Version is not { } seen)
        {
            return model;
        }

        var since = await TownCalls.SendAsync(() => town.Case(model.Case.Number).HistoryAsync(seen));
        return model with { Meanwhile = since.Value?.Records ?? [], Command = FormCommand.New(since.Value?.Version) };
    }

    // An act of another step: of a form that is sent a second time, or comes too late. The case says why not, or what it answered before.
    private async Task<AskedAct?> ElsewhereAsync(OfficeRoom room, CaseView view, Words state, string act)
    {
        var forms = await TownCalls.SendAsync(() => town.Directory(view.Town).FormsAsync(view.Procedure));
        if (forms.Value?.Forms.FirstOrDefault(form => form.Act == act && act != CaseRules.OpenAct) is not { } form)
        {
            return null;
        }

        var command = new ActOnCase(room.Stamp(Guid.Empty), act, []);
        var foreseen = await TownCalls.SendAsync(() => town.Case(view.Number).ForeseeAsync(command));
        return new AskedAct(
            Act: act,
            Name: form.Name,
            To: state,
            Ends: false,
            Decides: false,
            Anywhere: false,
            Fields: form.Fields,
            Refusal: foreseen.Refusal
        );
    }

    // Who can be named the case says: those whom the act would take.
    private async Task<FormChoices> ChoicesAsync(OfficeRoom room, TownNames names, CaseView view, AskedAct act)
    {
        var people = ImmutableDictionary<string, ImmutableArray<FormChoice>>.Empty;
        foreach (var field in act.Fields.Where(field => act.Refusal is null && field.Type == FieldType.Staff))
        {
            var who = await TownCalls.SendAsync(() => town.Case(view.Number).AskWhoAsync(room.Stamp(Guid.Empty), act.Act, field.Name));
            if (who.Value is { } able)
            {
                people = people.Add(field.Name, [.. able.People.Select(person => Named(person, names, room))]);
            }
        }

        return FormChoices.None with
        {
            People = people,
            Bodies = act.Fields.Any(field => field.Type == FieldType.Body)
                ? [.. names.Town.Offices.Select(office => new FormChoice(office.Code, office.Name))]
                : [],
            Entries = await EntriesAsync(view, act.Fields),
        };
    }

    // A list is ticked from the papers of the item, so that one notice names all that is missing (B6).
    private async Task<ImmutableDictionary<string, ImmutableArray<FormChoice>>> EntriesAsync(
        CaseView view,
        ImmutableArray<ListedField> fields
    )
    {
        var lists = fields.Where(field => field.Type == FieldType.List).ToList();
        if (lists.Count == 0 || (await TownCalls.SendAsync(() => town.Directory(view.Town).ItemAsync(view.Subject))).Value is not { } guide)
        {
            return ImmutableDictionary<string, ImmutableArray<FormChoice>>.Empty;
        }

        ImmutableArray<FormChoice> papers = [.. guide.Papers.Select(paper => new FormChoice(paper.Zh, paper))];
        return lists.ToImmutableDictionary(field => field.Name, _ => papers);
    }

    // Of another office by its name, of one's own by the certificates.
    private static FormChoice Named(StaffFacts person, TownNames names, OfficeRoom room)
    {
        var what = person.Organ == room.Code ? Certificates(person, room.Today) : names.Office(person.Organ);
        return new(person.Id, new($"{person.Id}（{what.Zh}）", $"{person.Id} ({what.En})"));
    }

    private static Words Certificates(StaffFacts person, DateOnly today)
    {
        var valid = person.Certificates.Where(one => today <= one.ValidUntil).Select(one => TermWords.Certificate(one.Code)).ToList();
        return valid.Count == 0
            ? new("无有效证件", "no valid certificate")
            : new(
                $"持证：{string.Join("、", valid.Select(one => one.Zh))}",
                $"certified: {string.Join(", ", valid.Select(one => one.En))}"
            );
    }
}
