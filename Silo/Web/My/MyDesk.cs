using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Ratings;
using TownReform.Grains.Rules.Towns;
using TownReform.Silo.Api.Cases;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity;
using TownReform.Silo.Web.Acts;

namespace TownReform.Silo.Web.My;

/// <summary>Reads a party's cases and sends what they do with them.</summary>
internal sealed class MyDesk(TownCalls town, ITownClock clock, CaseFiles files, FormPapers papers, CaseRatings ratings, SeedLibrary seeds)
{
    /// <summary>Cases of a page.</summary>
    private const int PageSize = 20;

    /// <summary>The cases of all ids under which an account is party, newest first.</summary>
    /// <param name="before">Number that the page before ended with; null for the first page.</param>
    public async Task<MyCasesModel> ListAsync(Requester who, string? before)
    {
        var found = await Task.WhenAll(
            who.Parties.Select(party =>
                TownCalls.AskAsync(() => town.Index.ListAsync(new CaseSearch(Party: party, Take: PageSize + 1, BeforeNumber: before)))
            )
        );
        var cases = found.SelectMany(lines => lines).OrderByDescending(line => line.OpenedAt).ThenBy(line => line.Number).ToList();
        var shown = await Task.WhenAll(cases.Take(PageSize).Select(line => LineAsync(who, line)));
        return new MyCasesModel([.. shown], cases.Count > PageSize ? cases[PageSize - 1].Number : null);
    }

    /// <summary>A case of theirs; the refusal says that there is none where it isn't theirs.</summary>
    public async Task<Outcome<MyCaseModel>> OpenAsync(Requester who, string number, Words? told = null)
    {
        if ((await files.OpenAsync(who, number, new(FilePart.File))).IsRefused(out var refusal, out var file))
        {
            return refusal;
        }

        var view = file.Case;
        var names = TownNames.Of((await TownsRead.FindAsync(town.Grains, view.Town))!);
        var acts = file.Actor is { } actor ? await AskAsync(view.Number, actor) : [];
        return new MyCaseModel(
            Case: view,
            Service: names.Title(view.Procedure, view.Subject),
            Procedure: names.ProcedureName(view.Procedure),
            Step: names.Step(view.Procedure, view.ProcedureVersion, view.Ending ?? view.Step),
            Who: view.Workplace is { } workplace ? names.OfficeOf(workplace) : null,
            Zone: names.Town.TimeZone,
            Acts: acts,
            History: await CaseHistories.ReadAsync(town.Case(view.Number), view.Version),
            Told: told
        )
        {
            Documents = (await TownCalls.SendAsync(() => town.Case(view.Number).DocumentsAsync())).Value?.Documents ?? [],
            Actor = (file.Rights & CaseRights.Act) != 0 ? file.Actor : null,
            Fee = MyFee.Of(view, seeds),
            Rating =
                view.Disposition != Disposition.Open && (file.Rights & CaseRights.Rate) != 0
                    ? await RatingAsync(view, names.Town.TimeZone)
                    : null,
        };
    }

    private async Task<MyRating?> RatingAsync(CaseView view, string zone) =>
        (await ratings.OfAsync(view.Number)).Value is { } rating
            ? new MyRating(
                rating,
                $"{MyCaseModel.PathOf(view.Number)}/rating",
                PageDates.DayOf(await clock.NowAsync(), zone),
                IsVisit: view.Procedure == RatingRules.Visit,
                FormCommand.New()
            )
            : null;

    /// <summary>An act's form, empty; null where the party has no such act at this step or anywhere.</summary>
    public static MyActModel? Begin(MyCaseModel file, string act) =>
        file.Acts.FirstOrDefault(one => one.Act == act) is { } asked
            ? new MyActModel(file, asked, FilledForm.Empty(asked.Fields), FormCommand.New(file.Case.Version), [])
            : null;

    /// <summary>The act that a form was sent for; null where a party has no such act in the procedure.</summary>
    public async Task<MyActModel?> ReadAsync(MyCaseModel file, string act, IFormCollection sent) =>
        // The act may be gone from the step since: what was typed is kept, and the town says why it can't be done.
        (file.Acts.FirstOrDefault(one => one.Act == act) ?? await GoneAsync(file, act))
            is { } asked
            ? new MyActModel(
                file,
                asked,
                FilledForm.Of(asked.Fields, sent),
                FormCommand.Of(sent) ?? FormCommand.New(file.Case.Version),
                Since: []
            )
            : null;

    /// <summary>Does an act.</summary>
    /// <returns>The case after it; or the form with what is wrong.</returns>
    public async Task<(CaseView? Done, MyActModel Model)> SendAsync(Requester who, MyActModel model)
    {
        var (file, act, form, command) = (model.File, model.Act.Act, model.Form, model.Command);
        if (file.Actor is not { } actor)
        {
            return (null, model with { Form = form with { Refusal = CaseRefusals.Unknown(file.Case.Number) } });
        }

        var stamp = new Stamp(new IdempotencyKey(command.Key).CommandOf(who.AccountId!), actor, await clock.NowAsync());
        if (await papers.HoldAsync(who, stamp.CommandId, file.Case, form.Given) is { } missing)
        {
            return (null, model with { Form = form with { Refusal = missing } });
        }

        var answer = await TownCalls.SendAsync(() =>
            town.Case(file.Case.Number).ActAsync(new ActOnCase(stamp, act, form.Given, command.Version))
        );
        if (!answer.IsRefused(out var refusal, out var done))
        {
            return (done, model);
        }

        var since =
            refusal.Code == RefusalCode.CaseMovedOn
                ? await CaseHistories.ReadAsync(town.Case(file.Case.Number), after: command.Version ?? 0)
                : [];
        return (
            null,
            model with
            {
                Form = form with { Refusal = refusal },
                // "Busy" did nothing: the same command goes again. What was refused otherwise has its answer under its id.
                Command = refusal.Code == RefusalCode.Busy ? command : FormCommand.New(file.Case.Version),
                Since = since,
            }
        );
    }

    private async Task<AskedAct?> GoneAsync(MyCaseModel file, string act)
    {
        var forms = (await town.Directory(file.Case.Town).FormsAsync(file.Case.Procedure)).Value;
        return forms?.Forms.FirstOrDefault(form => form.Act == act && form.ByPublic) is { } form
            ? new AskedAct(act, form.Name, file.Step, Ends: false, Decides: false, Anywhere: false, form.Fields, Refusal: null)
            : null;
    }

    private async Task<MyCaseLine> LineAsync(Requester who, CaseLine line)
    {
        var names = TownNames.Of((await TownsRead.FindAsync(town.Grains, line.Town))!);
        var actor = line.Disposition == Disposition.Open ? SpeakingAs.ForParty(who, line.Party.Id).Value?.Actor : null;
        // What is possible at any time, such as to withdraw, is not what is waited for.
        var toDo = actor is null
            ? null
            : (await AskAsync(line.Number, actor)).FirstOrDefault(act => act is { Refusal: null, Anywhere: false });
        return new MyCaseLine(line, names.Title(line.Procedure, line.Subject), names.Step(line.Procedure, 0, line.Step), toDo);
    }

    private async Task<ImmutableArray<AskedAct>> AskAsync(string number, Actor actor)
    {
        var now = await clock.NowAsync();
        // Nothing is recorded under the id of a question.
        var asked = await TownCalls.SendAsync(() => town.Case(number).AskAsync(new Stamp(Guid.Empty, actor, now)));
        return asked.Value is { } value ? [.. value.Acts.Where(IsOfParty)] : [];
    }

    private static bool IsOfParty(AskedAct act) => act.Refusal?.Code != RefusalCode.ActorWrongRole;
}
