using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using TownReform.Grains.Rules.Cases;
using TownReform.Silo.Identity;
using TownReform.Silo.Papers;
using TownReform.Silo.Papers.Store;

namespace TownReform.Silo.Web.Acts;

/// <summary>Papers that come with a form: taken into the store when the form is sent, so that they are there also when it is refused; from
/// then on the form carries their names.</summary>
internal sealed class FormPapers(PaperStore store, PaperClaims claims)
{
    /// <summary>The form with the files that were sent for its fields of papers, or with what is wrong with them.</summary>
    public async Task<FilledForm> TakeAsync(HttpContext http, Requester who, FilledForm form, IFormCollection sent)
    {
        if (who.AccountId is not { } account)
        {
            return form;
        }

        foreach (var field in form.Fields.Where(field => field.Type == FieldType.Papers))
        {
            foreach (var file in sent.Files.GetFiles(FilledForm.FilePrefix + field.Name).Where(file => file.FileName.Length > 0))
            {
                form = await TakeAsync(http, who, account, form, field, file);
            }
        }

        return form;
    }

    /// <summary>Holds the papers that a command names, before it is sent (<see cref="PaperClaims.HoldAsync"/>).</summary>
    public Task<Refusal?> HoldAsync(Requester who, Guid command, CaseView? file, ImmutableArray<Field> fields) =>
        claims.HoldAsync(who, command, file, fields, CancellationToken.None);

    private async Task<FilledForm> TakeAsync(
        HttpContext http,
        Requester who,
        string account,
        FilledForm form,
        ListedField field,
        IFormFile file
    )
    {
        if (await PapersApi.IsTooManyAsync(who, store, http.RequestAborted))
        {
            return Faulty(form, field, file, new("上传过于频繁，请一小时后再传", "too many uploads; send it again in an hour"));
        }

        try
        {
            await using var content = file.OpenReadStream();
            var paper = await store.TakeAsync(content, file.FileName, account, http.RequestAborted);
            var before = form[field];
            var value = before.Length == 0 ? PaperLists.Write([paper]) : $"{before};{PaperLists.Write([paper])}";
            return form with
            {
                Typed = form
                    .Typed.Where(typed => typed.Key != field.Name)
                    .Append(new(field.Name, PaperLists.TryRead(value, out var papers) ? PaperLists.Write(papers) : before))
                    .ToFrozenDictionary(StringComparer.Ordinal),
            };
        }
        catch (PaperRefusedException refused)
        {
            return Faulty(form, field, file, PaperFaultWords.Of(refused.Fault));
        }
    }

    private static FilledForm Faulty(FilledForm form, ListedField field, IFormFile file, Words why)
    {
        var name = PaperLists.Named(file.FileName);
        return form with { Wrong = form.Wrong.Add((field.Name, new($"{name}：{why.Zh}", $"{name}: {why.En}"))) };
    }
}
