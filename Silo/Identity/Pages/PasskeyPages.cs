using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TownReform.Silo.Identity.Storage;
using TownReform.Silo.Web;

namespace TownReform.Silo.Identity.Pages;

/// <summary>Signing in by passkey, adding and removing one. The challenge goes to the browser sealed, and serves once.</summary>
internal static class PasskeyPages
{
    private const string Options = "/options",
        SignIn = IdentityPaths.SignIn + "/passkey",
        Again = IdentityPaths.Again + "/passkey",
        ToGet = "passkey",
        ToCreate = "new passkey";

    private const int LongestName = 60;

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
        pages.MapPost(IdentityPaths.Passkeys + Options, OfferAsync).ForSignedIn();
        pages.MapPost(IdentityPaths.Passkeys, AddAsync).ForSignedIn();
        pages.MapPost(IdentityPaths.Passkeys + "/remove", RemoveAsync).ForSignedIn();
    }

    // For whoever has one: which accounts have any is not told.
    private static async Task<IResult> AskAsync(
        HttpContext http,
        IPasskeyHandler<StoredAccount> handler,
        Sealed sealing,
        [FromForm] IFormCollection form
    )
    {
        _ = form;
        var asked = await handler.MakeRequestOptionsAsync(null, http);
        return Challenge(sealing, ToGet, asked.RequestOptionsJson, asked.AssertionState, "");
    }

    private static async Task<IResult> SignInAsync(
        HttpContext http,
        IPasskeyHandler<StoredAccount> handler,
        Sealed sealing,
        SessionStore used,
        PasskeyUsers users,
        SignIns signIns,
        TimeProvider time,
        [FromForm] IFormCollection form
    )
    {
        var account = await WhoAsync(http, handler, sealing, used, users, time, form);
        var proof = await signIns.ByOtherAsync(
            account,
            account is null ? SignInOutcome.WrongPasskey : null,
            "passkey",
            SignInLimits.AddressOf(http)
        );
        var back = LocalPath.Of(form["return"]);
        return proof.Holds
            ? await SignInPages.GoOnAsync(http, account!, SessionMethods.Passkey, back)
            : PageResults.Show<SignInPage, SignInModel>(
                PageContexts.WithForms(http),
                new SignInModel(back, Fault: Failed),
                StatusCodes.Status422UnprocessableEntity
            );
    }

    private static async Task<IResult> ProveAgainAsync(
        HttpContext http,
        IPasskeyHandler<StoredAccount> handler,
        Sealed sealing,
        SessionStore used,
        PasskeyUsers users,
        SignIns signIns,
        TimeProvider time,
        [FromForm] IFormCollection form
    )
    {
        if (http.Features.Get<SignedIn>() is not { } signedIn)
        {
            return SignInFirst.Ask(http);
        }

        var account = await WhoAsync(http, handler, sealing, used, users, time, form);
        var isTheirs = account?.Id == signedIn.Account.Id;
        var proof = await signIns.ByOtherAsync(
            signedIn.Account,
            isTheirs ? null : SignInOutcome.WrongPasskey,
            "passkey",
            SignInLimits.AddressOf(http)
        );
        if (!proof.Holds)
        {
            return new SeeOther(IdentityPaths.Again);
        }

        await SessionCookie.ProveAgainAsync(http, signedIn.Account);
        return new SeeOther(LocalPath.Of(form["return"]) ?? IdentityPaths.Account);
    }

    private static async Task<IResult> OfferAsync(
        HttpContext http,
        IPasskeyHandler<StoredAccount> handler,
        Sealed sealing,
        [FromForm] IFormCollection form
    )
    {
        _ = form;
        var account = http.Features.Get<SignedIn>()!.Account;
        var who = new PasskeyUserEntity
        {
            Id = account.Id,
            Name = account.Account.SignInName,
            DisplayName = account.Account.Name.In(PageLanguages.Of(http)),
        };
        var offered = await handler.MakeCreationOptionsAsync(who, http);
        return Challenge(sealing, ToCreate, offered.CreationOptionsJson, offered.AttestationState, account.Id);
    }

    private static async Task<IResult> AddAsync(
        HttpContext http,
        IPasskeyHandler<StoredAccount> handler,
        Sealed sealing,
        SessionStore used,
        PasskeyUsers users,
        TimeProvider time,
        [FromForm] IFormCollection form
    )
    {
        var account = http.Features.Get<SignedIn>()!.Account;
        if (SignInFirst.ProofMissing(http) is { } missing)
        {
            return missing;
        }

        if (
            await OpenAsync(sealing, used, ToCreate, form, time) is not [var state, var whose]
            || whose != account.Id
            || await handler.PerformAttestationAsync(
                new()
                {
                    HttpContext = http,
                    CredentialJson = form["answer"].ToString(),
                    AttestationState = state,
                }
            )
                is not { Succeeded: true, Passkey: { } passkey }
        )
        {
            return new SeeOther(IdentityPaths.Account);
        }

        var name = form["passkey-name"].ToString().Trim();
        passkey.Name = name.Length is 0 or > LongestName || name.Any(char.IsControl) ? "passkey" : name;
        await users.AddOrUpdatePasskeyAsync(account, passkey, http.RequestAborted);
        return AccountPages.Told("passkey");
    }

    private static async Task<IResult> RemoveAsync(HttpContext http, PasskeyStore passkeys, [FromForm] IFormCollection form)
    {
        if (SignInFirst.ProofMissing(http) is { } missing)
        {
            return missing;
        }

        await passkeys.RemoveAsync(Requester.Of(http).AccountId!, form["id"].ToString());
        return AccountPages.Told("passkey-removed");
    }

    /// <summary>Whose passkey answered the challenge; null for nobody's.</summary>
    private static async Task<StoredAccount?> WhoAsync(
        HttpContext http,
        IPasskeyHandler<StoredAccount> handler,
        Sealed sealing,
        SessionStore used,
        PasskeyUsers users,
        TimeProvider time,
        IFormCollection form
    )
    {
        if (await OpenAsync(sealing, used, ToGet, form, time) is not [var state, _])
        {
            return null;
        }

        var said = await handler.PerformAssertionAsync(
            new()
            {
                HttpContext = http,
                CredentialJson = form["answer"].ToString(),
                AssertionState = state,
            }
        );
        if (said is not { Succeeded: true, User: { } account, Passkey: { } passkey })
        {
            return null;
        }

        await users.AddOrUpdatePasskeyAsync(account, passkey, http.RequestAborted);
        return account;
    }

    private static IResult Challenge(Sealed sealing, string purpose, string options, string? state, string whose) =>
        TypedResults.Json(
            new { options = JsonSerializer.Deserialize<JsonElement>(options), challenge = sealing.Seal(purpose, state ?? "", whose) }
        );

    // A challenge that was answered is used up, on every silo.
    private static async Task<string[]?> OpenAsync(
        Sealed sealing,
        SessionStore used,
        string purpose,
        IFormCollection form,
        TimeProvider time
    )
    {
        var challenge = form["challenge"].ToString();
        return
            sealing.Open(purpose, challenge) is { } parts
            && await used.UseCodeAsync("", Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(challenge))), time.GetUtcNow())
            ? parts
            : null;
    }
}
