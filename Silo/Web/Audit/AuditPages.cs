using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity;
using TownReform.Silo.Web.Offices;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace TownReform.Silo.Web.Audit;

/// <summary>Pages of the auditor: the chains, any case record by record, and a proof that needs no trust in this system.</summary>
internal static class AuditPages
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("/audit").ExcludeFromDescription().ForSignedIn(AccountKind.Auditor);
        pages.MapGet("", HomeAsync);
        pages.MapGet("/cases/{number}", CaseAsync);
        pages.MapGet("/cases/{number}/proof", ProofAsync);
    }

    private static async Task<IResult> HomeAsync(
        TownCalls town,
        ITownClock clock,
        CaseFiles files,
        HttpContext http,
        [FromQuery(Name = "case")] string? number,
        [FromQuery] bool? verify
    )
    {
        var query = (number ?? "").Trim();
        Words? told = null;
        if (query.Length > 0)
        {
            if ((await files.MayAsync(Requester.Of(http), query, CaseRights.Read)).Value is { } found)
            {
                return new SeeOther($"/audit/cases/{found.Number}");
            }

            told = new($"没有编号为“{query}”的案件。", $"There is no case '{query}'.");
        }

        var report = verify is true ? await TownCalls.AskAsync(Chains(town).VerifyAsync) : null;
        var zone = (await TownsRead.AllAsync(town.Grains))[0].TimeZone;
        return PageResults.Show<AuditHomePage, AuditHomeModel>(
            Context(http),
            new AuditHomeModel(query, report, await clock.NowAsync(), zone) { Told = told }
        );
    }

    private static async Task<IResult> CaseAsync(
        TownCalls town,
        CaseFiles files,
        HttpContext http,
        string number,
        [FromQuery] string? reason
    )
    {
        if ((await files.MayAsync(Requester.Of(http), number, CaseRights.Read)).IsRefused(out var refusal, out var known))
        {
            return OfficeDoor.Refused(refusal);
        }

        if ((await files.OpenAsync(Requester.Of(http), number, new(FilePart.File, reason))).IsRefused(out refusal, out var file))
        {
            return IsOfReason(refusal)
                ? PageResults.Show<AuditReasonPage, AuditReasonModel>(
                    Context(http),
                    new AuditReasonModel(known.Number, reason ?? "", reason is not null),
                    reason is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity
                )
                : OfficeDoor.Refused(refusal);
        }

        return PageResults.Show<AuditCasePage, AuditCaseModel>(Context(http), await ModelAsync(town, file.Case, reason!.Trim()));
    }

    private static async Task<AuditCaseModel> ModelAsync(TownCalls town, CaseView view, string reason)
    {
        var told = await CaseHistories.ReadAsync(town.Case(view.Number), view.Version);
        var stored = (await StoredAsync(town, view.Number)).ToDictionary(record => record.Version);
        var directory = await TownsRead.FindAsync(town.Grains, view.Town);
        return new AuditCaseModel(
            view,
            directory is null ? new(view.Subject, view.Subject) : TownNames.Of(directory).Item(view.Subject),
            reason,
            [
                .. told.Where(record => stored.ContainsKey(record.Version))
                    .Select(record => new AuditedRecord(record, stored[record.Version])),
            ],
            directory?.TimeZone ?? "UTC"
        );
    }

    private static async Task<IResult> ProofAsync(
        TownCalls town,
        CaseFiles files,
        IOptions<JsonOptions> json,
        HttpContext http,
        string number,
        [FromQuery] string? reason
    )
    {
        if ((await files.OpenAsync(Requester.Of(http), number, new(FilePart.Export, reason))).IsRefused(out var refusal, out var file))
        {
            return IsOfReason(refusal) ? new SeeOther($"/audit/cases/{Uri.EscapeDataString(number)}") : OfficeDoor.Refused(refusal);
        }

        var receipts = town.Grains.GetGrain<IReceiptGrain>(Address.Live);
        var issued = await TownCalls.SendAsync(() => receipts.IssueAsync(file.Case.Number, null));
        if (issued.IsRefused(out refusal, out var receipt))
        {
            return OfficeDoor.Refused(refusal);
        }

        var keys = JsonSerializer.Deserialize<JsonElement>(await TownCalls.AskAsync(receipts.KeysAsync));
        var proof = new AuditProof(file.Case.Number, await StoredAsync(town, file.Case.Number), receipt, keys);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.File(
            JsonSerializer.SerializeToUtf8Bytes(proof, json.Value.SerializerOptions),
            "application/json",
            $"{file.Case.Number}-proof.json"
        );
    }

    private static async Task<ImmutableArray<AuditRecord>> StoredAsync(TownCalls town, string number)
    {
        var records = ImmutableArray.CreateBuilder<AuditRecord>();
        while (true)
        {
            var after = records.Count == 0 ? 0 : records[^1].Version;
            var more = await TownCalls.AskAsync(() => Chains(town).ReadStreamAsync($"case/{number}", after));
            if (more.IsEmpty)
            {
                return records.ToImmutable();
            }

            records.AddRange(more);
        }
    }

    // Also a text with signs that no record takes.
    private static bool IsOfReason(Refusal refusal) => RefusalStatus.Of(refusal.Code) == StatusCodes.Status422UnprocessableEntity;

    private static IAuditGrain Chains(TownCalls town) => town.Grains.Grain<IAuditGrain>(Address.Live);

    /// <summary>Of all pages of the auditor.</summary>
    public static PageContext Context(HttpContext http) =>
        PageContexts.WithForms(http) with
        {
            SignedInAs = Requester.Of(http).Name is { } name ? name.In(PageLanguages.Of(http)) : null,
            Rooms =
            [
                new("/audit", new("审计", "Audit")),
                new("/audit/reads", new("阅卷记录", "Files read")),
                new("/audit/sign-ins", new("登录记录", "Sign-ins")),
                new("/board", new("各乡镇", "Towns")),
            ],
        };
}

/// <summary>What an auditor takes away: each record of a case as stored, a signed receipt of the last, and the public keys.</summary>
internal sealed record AuditProof(string Case, ImmutableArray<AuditRecord> Records, SignedReceipt Receipt, JsonElement Keys);
