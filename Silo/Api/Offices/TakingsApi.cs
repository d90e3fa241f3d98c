using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TownReform.Grains.Matters.Fees;
using TownReform.Grains.Rules.Towns;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity;

namespace TownReform.Silo.Api.Offices;

/// <summary>What was collected on a day in a town (每日对账, C5): collected = booked + on the way. Yuan.</summary>
/// <param name="OnTheWay">The channel has it for the treasury; the collector has not booked it yet (在途).</param>
/// <param name="Balances">Whether the three agree.</param>
public sealed record TakingsDay(
    string Town,
    DateOnly Day,
    decimal Collected,
    decimal Booked,
    decimal OnTheWay,
    bool Balances,
    ImmutableArray<TakingsLine> Payments
);

/// <summary>One payment.</summary>
/// <param name="Receipt">Number of the treasury receipt.</param>
/// <param name="Booked">Yuan; null while it is on the way.</param>
public sealed record TakingsLine(string Case, decimal Collected, string Receipt, decimal? Booked);

/// <summary>Takings of a town over HTTP, for the office that keeps its money.</summary>
internal static class TakingsApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/offices/{office}/takings", ReadAsync)
            .WithName("ReadTakings")
            .WithSummary("What was collected on a day and where it is: collected = booked + on the way (C5); for the office of finance")
            .Answers<TakingsDay>();

    private static async Task<IResult> ReadAsync(
        HttpContext http,
        Requester who,
        SpeakingAs speaking,
        TakingsRead takings,
        string office,
        [FromQuery] DateOnly? day
    ) =>
        !who.May(KeyScopes.Read) ? http.Refused(IdentityRefusals.OutsideScope(KeyScopes.Read))
        : (await speaking.OfficeAsync(who, office)).IsRefused(out var refusal, out var speaker) ? http.Refused(refusal)
        : await takings.ReadAsync(speaker, day) is { } read ? TypedResults.Ok(read)
        : http.Refused(IdentityRefusals.NoOffice(office));
}

/// <summary>Reads what was collected on a day.</summary>
internal sealed class TakingsRead(TownCalls town, SeedLibrary seeds, ITownClock clock)
{
    private const string Keeper = "finance";

    /// <summary>Payments of a day that are listed one by one.</summary>
    private const int Most = 1000;

    /// <summary>Whether an office keeps the town's money.</summary>
    public bool MayRead(Speaker speaker) =>
        speaker.Town is { } code && seeds.Towns.GetValueOrDefault(code)?.OrganFor(Keeper).Code == speaker.Actor.Office;

    /// <param name="day">Null: today.</param>
    /// <returns>Null for an office that doesn't keep the town's money.</returns>
    public async Task<TakingsDay?> ReadAsync(Speaker speaker, DateOnly? day)
    {
        if (!MayRead(speaker))
        {
            return null;
        }

        var plan = seeds.Towns[speaker.Town!];
        var asked = day ?? plan.DayOf(await clock.NowAsync());
        var lines = await TownCalls.AskAsync(() =>
            town.Index.ListAsync(new CaseSearch(Town: plan.Code, Take: Most, Labels: [new(Takings.DayLabel, $"{asked:O}")]))
        );
        var payments = ImmutableArray.CreateBuilder<TakingsLine>(lines.Length);
        foreach (var line in lines)
        {
            if ((await TownCalls.SendAsync(() => town.Case(line.Number).ReadAsync())).Value is { } view && LineOf(view) is { } payment)
            {
                payments.Add(payment);
            }
        }

        var collected = payments.Sum(one => one.Collected);
        var booked = payments.Sum(one => one.Booked ?? 0);
        var onTheWay = payments.Where(one => one.Booked is null).Sum(one => one.Collected);
        return new(plan.Code, asked, collected, booked, onTheWay, collected == booked + onTheWay, payments.ToImmutable());
    }

    private static TakingsLine? LineOf(CaseView view)
    {
        string? Value(string name) => view.Fields.FirstOrDefault(field => field.Name == name).Value;
        return Takings.Of(Value) is { } takings
            ? new(view.Number, takings.Collected, Value(Takings.ReceiptField) ?? "", takings.Booked)
            : null;
    }
}
