using Microsoft.AspNetCore.Http;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Plans;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity;
using TownReform.Silo.Web.Acts;

namespace TownReform.Silo.Web.My;

/// <summary>Reads and sends applications for a party that has signed in. It holds no rule: the town says what may be applied for.</summary>
internal sealed class ApplyDesk(TownCalls town, ITownClock clock, FormPapers papers)
{
    /// <summary>Whether there is a procedure by which the public can apply for an item.</summary>
    public async Task<bool> IsOpenToPublicAsync(string item) => await FindAsync(item) is not null;

    /// <summary>A new application; null where there is no such item, or no procedure by which the public can apply for it.</summary>
    public async Task<ApplyModel?> BeginAsync(Requester who, string item)
    {
        if (await FindAsync(item) is not var (directory, listed, forms, opening))
        {
            return null;
        }

        var model = new ApplyModel(
            directory,
            listed,
            forms,
            new ApplicantForm(who.Name?.Zh ?? "", IsOrganisation: false, ForId: "", IsGreen: false),
            FilledForm.Empty(opening.Fields),
            FormCommand.New()
        );
        return await ForeseeAsync(who, model) is { } no && !IsOfFields(no) ? model with { NotOpen = no } : model;
    }

    /// <summary>An application as it was sent; null where there is no such item that the public can apply for.</summary>
    public async Task<ApplyModel?> ReadAsync(string item, IFormCollection sent)
    {
        if (await FindAsync(item) is not var (directory, listed, forms, opening))
        {
            return null;
        }

        var applicant = new ApplicantForm(
            sent[ApplicantForm.NameField].ToString().Trim(),
            sent[ApplicantForm.KindField] == ApplicantForm.Organisation,
            sent[ApplicantForm.ForField].ToString().Trim(),
            sent[ApplicantForm.GreenField] == "true"
        );
        return new ApplyModel(
            directory,
            listed,
            forms,
            applicant.Checked(),
            FilledForm.Of(opening.Fields, sent),
            FormCommand.Of(sent) ?? FormCommand.New()
        );
    }

    /// <summary>The application with what it would lead to, or with what is wrong.</summary>
    public async Task<ApplyModel> CheckAsync(Requester who, ApplyModel model)
    {
        if (model.IsFaulty)
        {
            return model;
        }

        if ((await CommandAsync(who, model)).IsRefused(out var refusal, out var command))
        {
            return Refused(model, refusal);
        }

        var answer = await TownCalls.SendAsync(() => town.Grains.ForeseeOpeningAsync(command));
        return answer.IsRefused(out refusal, out var outlook) ? Refused(model, refusal) : model with { Outlook = outlook };
    }

    /// <summary>Opens the case.</summary>
    /// <returns>The number of the case, the same for the same application sent again; or the application with what is wrong.</returns>
    public async Task<(string? Number, ApplyModel Model)> SendAsync(Requester who, ApplyModel model)
    {
        if (model.IsFaulty)
        {
            return (null, model);
        }

        if ((await CommandAsync(who, model)).IsRefused(out var refusal, out var command))
        {
            return (null, Refused(model, refusal));
        }

        // A form that is sent again later has another moment, by which the town would take it for a new command.
        var before = await TownCalls.AskAsync(() => town.Index.FindOpenedByAsync(command.Stamp.CommandId));
        if (!before.IsEmpty)
        {
            return (before[0], model);
        }

        if (await papers.HoldAsync(who, command.Stamp.CommandId, null, command.Fields) is { } missing)
        {
            return (null, Refused(model, missing));
        }

        var answer = await TownCalls.SendAsync(() => town.Grains.OpenCaseAsync(command));
        return answer.IsRefused(out refusal, out var opened) ? (null, ToSendAgain(Refused(model, refusal))) : (opened.Number, model);
    }

    private async Task<Refusal?> ForeseeAsync(Requester who, ApplyModel model) =>
        (await CommandAsync(who, model)).IsRefused(out var refusal, out var command)
            ? refusal
            : (await TownCalls.SendAsync(() => town.Grains.ForeseeOpeningAsync(command))).Refusal;

    private async Task<Outcome<OpenCase>> CommandAsync(Requester who, ApplyModel model)
    {
        var party = model.Applicant.ForId is { Length: > 0 } other ? other : null;
        if (SpeakingAs.ForParty(who, party).IsRefused(out var refusal, out var speaker))
        {
            return refusal;
        }

        var id = new IdempotencyKey(model.Command.Key).CommandOf(who.AccountId!);
        return new OpenCase(
            Stamp: new Stamp(id, speaker.Actor, await clock.NowAsync()),
            Town: model.Town.Town,
            Procedure: model.Procedure.Procedure,
            Subject: model.Item.Code,
            Party: new Party(speaker.Actor.For ?? speaker.Actor.Id, model.Applicant.Name, model.Applicant.IsOrganisation),
            Green: model.Applicant.IsGreen,
            Fields: model.Form.Given
        );
    }

    private async Task<(TownDirectory Town, ListedItem Item, ListedForms Forms, ListedForm Opening)?> FindAsync(string item)
    {
        foreach (var directory in await TownsRead.AllAsync(town.Grains))
        {
            if (directory.Items.FirstOrDefault(one => one.Code == item) is not { } listed)
            {
                continue;
            }

            if (!ItemKinds.IsOnApplication(listed.Kind))
            {
                return null;
            }

            var today = PageDates.DayOf(await clock.NowAsync(), directory.TimeZone);
            foreach (var procedure in directory.Procedures.Where(one => CaseFee.Takes(one, listed, today)))
            {
                var forms = (await town.Directory(directory.Town).FormsAsync(procedure.Code)).Value;
                if (forms?.Forms.FirstOrDefault(form => form.Step is null && form.ByPublic) is { Act: "open" } opening)
                {
                    return (directory, listed, forms, opening);
                }
            }
        }

        return null;
    }

    // "Busy" did nothing: the same command goes again. What was refused otherwise has its answer under its id.
    private static ApplyModel ToSendAgain(ApplyModel refused) =>
        refused.Form.Refusal?.Code == RefusalCode.Busy ? refused : refused with { Command = FormCommand.New() };

    private static ApplyModel Refused(ApplyModel model, Refusal refusal) => model with { Form = model.Form with { Refusal = refusal } };

    private static bool IsOfFields(Refusal refusal) =>
        refusal.Code is RefusalCode.FieldMissing or RefusalCode.FieldMalformed or RefusalCode.TextMissing;
}

/// <summary>Whether the part of an application that no procedure declares is filled in.</summary>
internal static class ApplicantChecks
{
    public static ApplicantForm Checked(this ApplicantForm form) =>
        form.Name.Length == 0
            ? form with
            {
                Faults = [(ApplicantForm.NameField, new Words("请填写申请人姓名或者名称", "Fill in the name of the applicant"))],
            }
            : form;
}
