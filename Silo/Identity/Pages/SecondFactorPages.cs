using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using QRCoder;
using TownReform.Silo.Identity.Storage;
using TownReform.Silo.Web;

namespace TownReform.Silo.Identity.Pages;

/// <summary>Setting up one-time codes, turning them off, new recovery codes. Each wants a fresh proof of who somebody is.</summary>
internal static class SecondFactorPages
{
    private const string Purpose = "authenticator";

    private static readonly Words WrongCode = new(
        "验证码不对。请核对手机时间，再输入应用现在显示的六位数字。",
        "The code is wrong. Check the clock of the phone, and enter the six digits that it shows now."
    );

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(IdentityPaths.SecondFactor, ShowAsync);
        pages.MapPost(IdentityPaths.SecondFactor, TurnOnAsync);
        pages.MapPost(IdentityPaths.SecondFactor + "/off", TurnOffAsync).ForPeople();
        pages.MapPost(IdentityPaths.SecondFactor + "/codes", NewCodesAsync).ForPeople();
    }

    private static async Task<IResult> ShowAsync(HttpContext http, Sealed sealing, PasskeyStore passkeys)
    {
        if (http.Features.Get<SignedIn>() is not { } signedIn)
        {
            return SignInFirst.Ask(http);
        }

        return SignInFirst.ProofMissing(http) ?? await PageAsync(http, signedIn, SecondFactors.NewKey(), sealing, passkeys);
    }

    private static async Task<IResult> TurnOnAsync(
        HttpContext http,
        Sealed sealing,
        PasskeyStore passkeys,
        SecondFactors second,
        AccountStore accounts,
        [FromForm] IFormCollection form
    )
    {
        if (http.Features.Get<SignedIn>() is not { } signedIn)
        {
            return SignInFirst.Ask(http);
        }

        var account = signedIn.Account;
        if (SignInFirst.ProofMissing(http) is { } missing)
        {
            return missing;
        }

        // Whoever has the password alone doesn't set up codes over somebody's passkey.
        if (
            account.TotpOn
            || await IsKeptByPasskeyAsync(http, account.Id, passkeys)
            || sealing.Open(Purpose, form["ticket"]) is not [var whose, var key]
            || whose != account.Id
        )
        {
            return new SeeOther(IdentityPaths.SecondFactor);
        }

        if (!await second.IsOfKeyAsync(account.Id, key, form["code"].ToString()))
        {
            return await PageAsync(http, signedIn, key, sealing, passkeys, WrongCode);
        }

        return await CodesAsync(http, account, key, second, accounts);
    }

    private static async Task<IResult> NewCodesAsync(
        HttpContext http,
        SecondFactors second,
        AccountStore accounts,
        [FromForm] IFormCollection form
    )
    {
        _ = form;
        var account = http.Features.Get<SignedIn>()!.Account;
        return SignInFirst.ProofMissing(http)
            ?? (
                account is { TotpOn: true, TotpKey: { } key }
                    ? await CodesAsync(http, account, key, second, accounts)
                    : new SeeOther(IdentityPaths.SecondFactor)
            );
    }

    private static async Task<IResult> TurnOffAsync(HttpContext http, SecondFactors second, [FromForm] IFormCollection form)
    {
        _ = form;
        if (SignInFirst.ProofMissing(http) is { } missing)
        {
            return missing;
        }

        await second.TurnOffAsync(Requester.Of(http).AccountId!);
        return AccountPages.Told("codes-off");
    }

    private static async Task<IResult> CodesAsync(
        HttpContext http,
        StoredAccount account,
        string key,
        SecondFactors second,
        AccountStore accounts
    )
    {
        var codes = await second.TurnOnAsync(account.Id, key);
        await SessionCookie.ProveAgainAsync(http, (await accounts.FindAsync(account.Id))!, SessionMethods.PasswordAndCode);
        return PageResults.Show<RecoveryCodesPage, RecoveryCodesModel>(PageContexts.WithForms(http), new RecoveryCodesModel(codes));
    }

    private static async Task<bool> IsKeptByPasskeyAsync(HttpContext http, string account, PasskeyStore passkeys) =>
        Requester.Of(http).IsAnonymous && !(await passkeys.ListAsync(account)).IsEmpty;

    private static async Task<IResult> PageAsync(
        HttpContext http,
        SignedIn signedIn,
        string key,
        Sealed sealing,
        PasskeyStore passkeys,
        Words? fault = null
    )
    {
        var (account, isWanted) = (signedIn.Account, Requester.Of(http).IsAnonymous);
        var model = account.TotpOn
            ? new SecondFactorModel(null, null, null, isWanted, HasPasskey: false)
            : new SecondFactorModel(
                Picture(SecondFactors.Address(account.Account, key)),
                string.Join(' ', key.Chunk(4).Select(part => new string(part))),
                sealing.Seal(Purpose, account.Id, key),
                isWanted,
                await IsKeptByPasskeyAsync(http, account.Id, passkeys),
                fault
            );
        return PageResults.Show<SecondFactorPage, SecondFactorModel>(
            PageContexts.WithForms(http),
            model,
            fault is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity
        );
    }

    private static string Picture(string address)
    {
        using var made = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);
        using var picture = new PngByteQRCode(made);
        return "data:image/png;base64," + Convert.ToBase64String(picture.GetGraphic(4));
    }
}
