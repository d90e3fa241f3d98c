using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TownReform.Grains.Rules.Cases;
using TownReform.Grains.Rules.Towns;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity;
using TownReform.Silo.Web.Acts;

namespace TownReform.Silo.Web.My;

/// <summary>How a party pays the fee of its case (B7). Nobody says here that something is paid: the payment channel does. Where the town
/// is one for training, a test channel stands in for it, and says so.</summary>
internal static class FeePages
{
    public static void Map(IEndpointRouteBuilder my)
    {
        my.MapGet("/cases/{number}/fee", ShowAsync);
        my.MapPost("/cases/{number}/fee", PayAsync).DisableAntiforgery();
    }

    private static async Task<IResult> ShowAsync(MyDesk desk, TestChannel channel, Requester who, HttpContext http, string number) =>
        await OpenAsync(desk, channel, who, number) is { } model ? Show(http, model, StatusCodes.Status200OK) : TypedResults.NotFound();

    private static async Task<IResult> PayAsync(MyDesk desk, TestChannel channel, Requester who, HttpContext http, string number)
    {
        var sent = await SentForm.ReadAsync(http);
        if ((await desk.OpenAsync(who, number)).IsRefused(out _, out var file))
        {
            return TypedResults.NotFound();
        }

        // Sent again after it was done, it is the page of the case that says so.
        if (file.Fee is { Paid: not null })
        {
            return Paid(file);
        }

        if (await OpenAsync(desk, channel, who, number) is not { Command: not null } model)
        {
            return TypedResults.NotFound();
        }

        if (!sent.IsOurs || FormCommand.Of(sent.Form) is not { } command)
        {
            return Show(http, model with { Fault = SentForm.Aged }, StatusCodes.Status422UnprocessableEntity);
        }

        return (await channel.PayAsync(who, file, command)).IsRefused(out var refusal, out _)
            ? Show(http, model with { Refusal = refusal }, StatusCodes.Status422UnprocessableEntity)
            : Paid(file);
    }

    // Null where nothing is to be paid: without a fee, before it falls due, and once it is paid.
    private static async Task<FeeModel?> OpenAsync(MyDesk desk, TestChannel channel, Requester who, string number) =>
        (await desk.OpenAsync(who, number)).IsRefused(out _, out var file) || file.Fee is not { IsDue: true } fee
            ? null
            : await channel.DescribeAsync(file, fee);

    private static SeeOther Paid(MyCaseModel file) => new($"{file.Path}?told=paid#fee");

    private static IResult Show(HttpContext http, FeeModel model, int status) =>
        PageResults.Show<FeePage, FeeModel>(PageContexts.WithForms(http), model, status);
}

/// <summary>The payment channel as a party meets it, and the test channel that stands in for it in a town for training (培训环境).</summary>
internal sealed class TestChannel(TownCalls town, CaseFiles files, ITownClock clock, SeedLibrary seeds, IdentitySettings settings)
{
    /// <summary>Account in whose name the test channel's commands are.</summary>
    private const string Account = "test-channel";

    public async Task<FeeModel> DescribeAsync(MyCaseModel file, MyFee fee)
    {
        var plan = seeds.Towns[file.Case.Town];
        return new(
            file,
            fee,
            plan.Policy.TreasuryAccount,
            plan.CountyDepartments.First(one => plan.OfficeAt(one.Code) == file.Case.Workplace).Name,
            await IsOpenAsync() ? FormCommand.New() : null
        );
    }

    /// <summary>Reports that whoever speaks has paid the whole fee.</summary>
    public async Task<Outcome<CaseView>> PayAsync(Requester who, MyCaseModel file, FormCommand command)
    {
        var view = file.Case;
        var (plan, now) = (seeds.Towns[view.Town], await clock.NowAsync());
        var procedure = seeds.ProcedureOf(CaseFile.None with { Procedure = view.Procedure, ProcedureVersion = view.ProcedureVersion });
        var channel = plan.CountyDepartments.FirstOrDefault(one => plan.OfficeAt(one.Code) == view.Workplace);
        if (
            !await IsOpenAsync()
            || CaseFee.PaymentAt(procedure, view.Step) is not { } act
            || channel?.FirstInOffice(plan.DayOf(now)) is not { } speaker
            || (await files.MayAsync(who, view.Number, CaseRights.Act)).Value?.Actor is not { } payer
        )
        {
            return CaseRefusals.Unknown(view.Number);
        }

        var stamp = new Stamp(new IdempotencyKey(command.Key).CommandOf(Account), new Actor(speaker.Id, channel.Code), now);
        return await TownCalls.SendAsync(() =>
            town.Case(view.Number)
                .ActAsync(
                    new ActOnCase(
                        stamp,
                        act.Code,
                        [
                            new("paid", CaseFee.Yuan(file.Fee!.Amount)),
                            new("paid-on", $"{plan.DayOf(now):O}"),
                            new("payer", payer.Id),
                            new("receipt", $"TEST-{view.Number}"),
                            new("account", plan.Policy.TreasuryAccount),
                        ]
                    )
                )
        );
    }

    private async Task<bool> IsOpenAsync() => settings.DemoAccounts || (await TownCalls.AskAsync(town.Index.TimeAsync)).Practice;
}
