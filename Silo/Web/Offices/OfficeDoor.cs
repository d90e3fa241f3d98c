using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity;

namespace TownReform.Silo.Web.Offices;

/// <summary>Lets into the pages of an office whoever holds it just now; the town's record says so at each request.</summary>
internal sealed class OfficeDoor(SpeakingAs speaking, TownCalls town, ITownClock clock)
{
    /// <summary>Answers from inside an office: to sign-in for whoever hasn't, a page with the refusal for whoever doesn't hold
    /// it.</summary>
    /// <param name="office">Code of the organ or department, from the address.</param>
    public async Task<IResult> EnterAsync(HttpContext http, string office, Func<OfficeRoom, Task<IResult>> inside)
    {
        var requester = Requester.Of(http);
        if (requester.IsAnonymous)
        {
            return SignInFirst.Ask(http);
        }

        if (town.Held is { } held)
        {
            return await LookedIntoAsync(held, office) is { } room ? await inside(room) : TypedResults.NotFound();
        }

        if ((await speaking.OfficeAsync(requester, office)).IsRefused(out var refusal, out var speaker))
        {
            return await RefuseAsync(http, requester, refusal);
        }

        var towns = await TownsAsync(speaker);
        return await inside(new OfficeRoom(speaker, office, towns, await clock.NowAsync()));
    }

    // The office as its own people see it; null where there is none.
    private async Task<OfficeRoom?> LookedIntoAsync(HeldMoment held, string office)
    {
        var place = held.Place;
        var towns = (await TownsRead.AllAsync(town.Grains)).Where(one => one.Town == place || one.County == place).ToImmutableArray();
        var found = towns.SelectMany(one => one.Offices.Where(o => o.Code == office && o.Own == (one.Town == place))).FirstOrDefault();
        return found is null ? null : OfficeRoom.LookedInto(town.World, towns, found, held.Now);
    }

    /// <summary>The context of a page of an office; its head says as whom, from which office.</summary>
    public static PageContext Context(HttpContext http, OfficeRoom room) =>
        room.Head(PageContexts.WithForms(http), Requester.Of(http).Name);

    /// <summary>The page of a refusal's status: what isn't theirs to see is not there.</summary>
    public static IResult Refused(Refusal refusal) => TypedResults.StatusCode(RefusalStatus.Of(refusal.Code));

    /// <summary>To another page of this site, by GET.</summary>
    public static IResult Go(string path) => new SeeOther(path);

    private async Task<IResult> RefuseAsync(HttpContext http, Requester requester, Refusal refusal)
    {
        var offices = await speaking.OfficesAsync(requester);
        return PageResults.Show<RefusedPage, RefusedModel>(
            PageContexts.WithForms(http) with
            {
                SignedInAs = requester.Name is { } name ? name.In(PageLanguages.Of(http)) : null,
            },
            new RefusedModel(refusal, [.. offices.Select(held => new PageLink($"/o/{Uri.EscapeDataString(held.Code)}", held.Name))]),
            RefusalStatus.Of(refusal.Code)
        );
    }

    private async Task<ImmutableArray<TownDirectory>> TownsAsync(Speaker speaker) =>
        speaker.Town is { } code
            ? [(await TownsRead.FindAsync(town.Grains, code))!]
            : [.. (await TownsRead.AllAsync(town.Grains)).Where(one => one.County == speaker.County)];
}

/// <summary>Why somebody doesn't get in.</summary>
/// <param name="Offices">The offices that they hold.</param>
public sealed record RefusedModel(Refusal Refusal, ImmutableArray<PageLink> Offices);
