using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TownReform.Silo.Identity.Storage;
using TownReform.Silo.Web;

namespace TownReform.Silo.Identity.Pages;

/// <summary>Signing in by passkey, proving it again by one, adding and removing one.</summary>
internal static class PasskeyPages
{
    private const string Options = "/options",
        Method = "passkey",
        SignIn = IdentityPaths.SignIn + "/passkey",
        Again = IdentityPaths.Again + "/passkey";

    private static readonly Words Failed = new(
        "通行密钥没有通过验证，或者账户已停用。请重试，或用密码登录。",
        "The passkey didn't hold, or the account is shut. Try again, or sign in by password."
    );

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost(SignIn + Options, AskAsync);
        pages.MapPost(SignIn, SignInAsync);
        pages.MapPost(Again + Options, AskAsync);
        pages.MapPost(Again, ProveAgainAsync);
        pages.MapPost(IdentityPaths.Passkeys + Options, OfferAsync).ForPeople();
        pages.MapPost(IdentityPaths.Passkeys, AddAsync).ForPeople();
        pages.MapPost(IdentityPaths.Passkeys + "/remove", RemoveAsync).ForPeople();
    }

    private static Task<IResult> AskAsync(HttpContext http, Passkeys passkeys, [FromForm] IFormCollection form)
    {
        _ = form;
        return passkeys.AskAsync(http);
    }

    private static async Task<IResult> SignInAsync(HttpContext http, Passkeys passkeys, SignIns signIns, [FromForm] IFormCollection form)
    {
        var account = await passkeys.WhoAsync(http, form);
        var otherwise = account is null ? SignInOutcome.WrongPasskey : (SignInOutcome?)null;
        var proof = await signIns.ByOtherAsync(account, otherwise, Method, SignInLimits.AddressOf(http));
        var back = LocalPath.Of(form["return"]);
        return proof.Holds
            ? await SignInPages.GoOnAsync(http, account!, SessionMethods.Passkey, back)
            : PageResults.Show<SignInPage, SignInModel>(
                PageContexts.WithForms(http),
                new SignInModel(back, Fault: Failed)
                {
                    HasProvider = http.RequestServices.GetRequiredService<IdentitySettings>().Provider is not null,
                },
                StatusCodes.Status422UnprocessableEntity
            );
    }

    private static async Task<IResult> ProveAgainAsync(
        HttpContext http,
        Passkeys passkeys,
        SignIns signIns,
        [FromForm] IFormCollection form
    )
    {
        if (http.Features.Get<SignedIn>() is not { } signedIn)
        {
            return SignInFirst.Ask(http);
        }

        var isTheirs = (await passkeys.WhoAsync(http, form))?.Id == signedIn.Account.Id;
        var otherwise = isTheirs ? (SignInOutcome?)null : SignInOutcome.WrongPasskey;
        if (!(await signIns.ByOtherAsync(signedIn.Account, otherwise, Method, SignInLimits.AddressOf(http))).Holds)
        {
            return new SeeOther(IdentityPaths.Again);
        }

        await SessionCookie.ProveAgainAsync(http, signedIn.Account);
        return new SeeOther(LocalPath.Of(form["return"]) ?? IdentityPaths.Account);
    }

    private static Task<IResult> OfferAsync(HttpContext http, Passkeys passkeys, [FromForm] IFormCollection form)
    {
        _ = form;
        var account = http.Features.Get<SignedIn>()!.Account;
        return passkeys.OfferAsync(http, account, account.Account.Name.In(PageLanguages.Of(http)));
    }

    private static async Task<IResult> AddAsync(HttpContext http, Passkeys passkeys, [FromForm] IFormCollection form) =>
        SignInFirst.ProofMissing(http)
        ?? (
            await passkeys.AddAsync(http, http.Features.Get<SignedIn>()!.Account, form)
                ? AccountPages.Told("passkey")
                : new SeeOther(IdentityPaths.Account)
        );

    private static async Task<IResult> RemoveAsync(HttpContext http, PasskeyStore passkeys, [FromForm] IFormCollection form)
    {
        if (SignInFirst.ProofMissing(http) is { } missing)
        {
            return missing;
        }

        await passkeys.RemoveAsync(Requester.Of(http).AccountId!, form["id"].ToString());
        return AccountPages.Told("passkey-removed");
    }
}
