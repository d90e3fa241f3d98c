using System.Collections.Frozen;
using System.Collections.Immutable;
using TownReform.Grains.Rules.Cases;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity;
using TownReform.Silo.Identity.Storage;
using TownReform.Silo.Papers.Store;
using TownReform.Silo.Web.Acts;

namespace TownReform.Silo.Web.My;

/// <summary>The draft that a form was filled in from.</summary>
/// <param name="Until">From this moment on it is gone.</param>
/// <param name="Gone">Names of files that it had and that are kept no longer.</param>
public sealed record FormDraft(DateTimeOffset SavedAt, DateTimeOffset Until, ImmutableArray<string> Gone);

/// <summary>A draft in the party's list.</summary>
/// <param name="Service">Name of the item; its code where it is there no more.</param>
/// <param name="IsOpen">The item can be applied for still.</param>
/// <param name="Zone">IANA name of the town's time zone.</param>
public sealed record DraftLine(string Item, Words Service, bool IsOpen, DateTimeOffset SavedAt, DateTimeOffset Until, string Zone)
{
    public string Path => ApplyModel.PathOf(Item);

    public string PathToDelete => ApplyModel.PathToDelete(Item);
}

/// <summary>Applications that a party keeps on the server before it submits them.</summary>
internal sealed class ApplicationDrafts(DraftStore store, PaperStore papers, TownCalls town, ApplyDesk desk)
{
    /// <summary>What is said of a draft that is too long.</summary>
    public static readonly Words TooLong = new(
        $"草稿未保存：内容超过 {DraftStore.MostBytes >> 10} KB（约 {DraftStore.MostBytes / 3 / 1000 * 1000} 个汉字）。请缩短后再保存；您填写的内容都还在。",
        $"The draft was not saved: it is longer than {DraftStore.MostBytes >> 10} KB. Shorten it and save it again; what you typed is "
            + "still here."
    );

    /// <summary>Saves what was typed, be it whole or not.</summary>
    /// <returns>False when it is too long.</returns>
    public Task<bool> SaveAsync(Requester who, ApplyModel model)
    {
        var (applicant, form) = (model.Applicant, model.Form);
        (string Name, string Value)[] typed =
        [
            (ApplicantForm.NameField, applicant.Name),
            (ApplicantForm.KindField, applicant.IsOrganisation ? ApplicantForm.Organisation : ""),
            (ApplicantForm.ForField, applicant.ForId),
            (ApplicantForm.GreenField, applicant.IsGreen ? "true" : ""),
            .. form.Fields.Select(field => (FilledForm.Prefix + field.Name, form[field])),
        ];
        return store.SaveAsync(
            who.AccountId!,
            model.Item.Code,
            typed.Where(one => one.Value.Length > 0).ToImmutableDictionary(one => one.Name, one => one.Value)
        );
    }

    /// <summary>A new form, filled in from the draft where there is one.</summary>
    public async Task<ApplyModel> FillAsync(Requester who, ApplyModel model)
    {
        if (who.AccountId is not { } account || await store.FindAsync(account, model.Item.Code) is not { } draft)
        {
            return model;
        }

        string Typed(string name) => draft.Typed.GetValueOrDefault(name, "");
        var values = model.Form.Fields.ToDictionary(field => field.Name, field => Typed(FilledForm.Prefix + field.Name));
        var gone = ImmutableArray.CreateBuilder<string>();
        foreach (var field in model.Form.Fields.Where(field => field.Type == FieldType.Papers))
        {
            values[field.Name] = await StillThereAsync(account, values[field.Name], gone);
        }

        return model with
        {
            Applicant = new ApplicantForm(
                Typed(ApplicantForm.NameField),
                Typed(ApplicantForm.KindField) == ApplicantForm.Organisation,
                Typed(ApplicantForm.ForField),
                Typed(ApplicantForm.GreenField) == "true"
            ),
            Form = model.Form with { Typed = values.ToFrozenDictionary(StringComparer.Ordinal) },
            Draft = new FormDraft(draft.SavedAt, draft.Until, gone.ToImmutable()),
        };
    }

    /// <summary>Drafts of a party, saved last first.</summary>
    public async Task<ImmutableArray<DraftLine>> ListAsync(Requester who)
    {
        var drafts = who.AccountId is { } account ? await store.ListAsync(account) : [];
        if (drafts.IsEmpty)
        {
            return [];
        }

        var towns = await TownsRead.AllAsync(town.Grains);
        var lines = ImmutableArray.CreateBuilder<DraftLine>(drafts.Length);
        foreach (var draft in drafts)
        {
            var at = towns.FirstOrDefault(one => one.Items.Any(item => item.Code == draft.Item));
            lines.Add(
                new DraftLine(
                    draft.Item,
                    at is null ? new(draft.Item, draft.Item) : TownNames.Of(at).Item(draft.Item),
                    await desk.IsOpenToPublicAsync(draft.Item),
                    draft.SavedAt,
                    draft.Until,
                    (at ?? towns.FirstOrDefault())?.TimeZone ?? "UTC"
                )
            );
        }

        return lines.ToImmutable();
    }

    /// <summary>Whether there is such an item, or a draft of theirs for one that was there.</summary>
    public async Task<bool> KnowsAsync(Requester who, string item) =>
        await desk.IsOpenToPublicAsync(item) || (await store.ListAsync(who.AccountId!)).Any(draft => draft.Item == item);

    /// <summary>Deletes the draft of an item, if there is one.</summary>
    public Task DeleteAsync(Requester who, string item) => store.DeleteAsync(who.AccountId!, item);

    private async Task<string> StillThereAsync(string account, string value, ImmutableArray<string>.Builder gone)
    {
        if (!PaperLists.TryRead(value, out var listed))
        {
            return "";
        }

        var there = new List<Paper>();
        foreach (var paper in listed)
        {
            if (await papers.FindAsync(paper.Sha256, account, CancellationToken.None) is null)
            {
                gone.Add(paper.Name);
            }
            else
            {
                there.Add(paper);
            }
        }

        return PaperLists.Write(there);
    }
}
