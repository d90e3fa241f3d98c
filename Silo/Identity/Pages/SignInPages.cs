using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TownReform.Silo.Identity.Outside;
using TownReform.Silo.Identity.Storage;
using TownReform.Silo.Web;

namespace TownReform.Silo.Identity.Pages;

/// <summary>Signing in, proving it again, signing out, and choosing an office.</summary>
internal static class SignInPages
{
    /// <summary>One answer for whatever is wrong: who tries names learns nothing.</summary>
    private static readonly Words Failed = new(
        "登录名或密码不对，或者该账户已停用，或者连续失败五次后须等十五分钟。",
        "The sign-in name or the password is wrong, or the account is shut, or it waits fifteen minutes after five failures."
    );

    private static readonly Words WrongCode = new(
        "验证码不对、已用过，或者连续失败五次后须等十五分钟。",
        "The code is wrong or was used before, or the account waits fifteen minutes after five failures."
    );

    private static readonly Words TooMany = new(
        "此处登录失败次数过多，请十分钟后再试。",
        "Too many sign-ins have failed from here; come again in ten minutes."
    );

    private static readonly Words Crowd = new(
        "此刻登录的人过多，请稍后再试。",
        "Too many people sign in at this moment; come again a little later."
    );

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(IdentityPaths.SignIn, ShowAsync);
        pages.MapPost(IdentityPaths.SignIn, SignInAsync);
        pages.MapGet(IdentityPaths.Code, ShowCode);
        pages.MapPost(IdentityPaths.Code, SendCodeAsync);
        pages.MapPost(IdentityPaths.SignOut, SignOutAsync);
        pages.MapGet(IdentityPaths.Again, ShowAgain);
        pages.MapPost(IdentityPaths.Again, ProveAgainAsync);
        pages.MapGet(IdentityPaths.Offices, OfficesAsync).ForSignedIn();
    }

    private static async Task<IResult> ShowAsync(HttpContext http, SpeakingAs speaking, [FromQuery] string? @return) =>
        Requester.Of(http) is { IsAnonymous: false } requester
            ? new SeeOther(LocalPath.Of(@return) ?? await Landing.OfAsync(http, requester, speaking))
            : Page(http, new SignInModel(LocalPath.Of(@return)));

    private static async Task<IResult> SignInAsync(HttpContext http, SignIns signIns, SignInLimits limits, [FromForm] IFormCollection form)
    {
        var (back, name, address) = (LocalPath.Of(form["return"]), form["name"].ToString(), SignInLimits.AddressOf(http));
        var model = new SignInModel(back, name);
        if (limits.IsFull(address))
        {
            return Page(http, model with { Fault = TooMany }, StatusCodes.Status429TooManyRequests);
        }

        try
        {
            var proof = await signIns.ByPasswordAsync(name, form["password"].ToString(), address);
            switch (proof.Outcome)
            {
                case SignInOutcome.SignedIn:
                    return await GoOnAsync(http, proof.Account!, SessionMethods.Password, back);
                case SignInOutcome.CodeWanted:
                    StepCookie.Set(http, proof.Account!, back);
                    return new SeeOther(IdentityPaths.Code);
                default:
                    return Page(http, model with { Fault = Failed }, StatusCodes.Status422UnprocessableEntity);
            }
        }
        catch (TooManyAtOnceException)
        {
            return Page(http, model with { Fault = Crowd }, StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static IResult ShowCode(HttpContext http) =>
        StepCookie.Read(http) is null
            ? new SeeOther(IdentityPaths.SignIn)
            : PageResults.Show<CodePage, CodeModel>(PageContexts.WithForms(http), new CodeModel());

    private static async Task<IResult> SendCodeAsync(
        HttpContext http,
        AccountStore accounts,
        SignIns signIns,
        SignInLimits limits,
        [FromForm] IFormCollection form
    )
    {
        if (
            StepCookie.Read(http) is not { } step
            || await accounts.FindAsync(step.Account) is not { } account
            || account.SecurityStamp != step.Stamp
        )
        {
            return new SeeOther(IdentityPaths.SignIn);
        }

        var address = SignInLimits.AddressOf(http);
        var (fault, status) =
            limits.IsFull(address) ? (TooMany, StatusCodes.Status429TooManyRequests)
            : (await signIns.ByCodeAsync(account, form["code"].ToString(), address)).Holds ? (null, StatusCodes.Status200OK)
            : (WrongCode, StatusCodes.Status422UnprocessableEntity);
        if (fault is not null)
        {
            return PageResults.Show<CodePage, CodeModel>(PageContexts.WithForms(http), new CodeModel(fault), status);
        }

        StepCookie.Clear(http);
        return await GoOnAsync(http, account, SessionMethods.PasswordAndCode, step.Return);
    }

    private static async Task<IResult> SignOutAsync(HttpContext http, SignIns signIns, [FromForm] IFormCollection form)
    {
        _ = form;
        if (http.Features.Get<SignedIn>() is { } who)
        {
            await signIns.NoteAsync(who, SignInOutcome.SignedOut, SignInLimits.AddressOf(http));
        }

        await SessionCookie.EndAsync(http);
        return new SeeOther("/");
    }

    private static IResult ShowAgain(HttpContext http, [FromQuery] string? @return) =>
        http.Features.Get<SignedIn>() is { } signedIn ? Again(http, signedIn, LocalPath.Of(@return)) : SignInFirst.Ask(http);

    private static async Task<IResult> ProveAgainAsync(
        HttpContext http,
        SignIns signIns,
        SignInLimits limits,
        [FromForm] IFormCollection form
    )
    {
        if (http.Features.Get<SignedIn>() is not { } signedIn)
        {
            return SignInFirst.Ask(http);
        }

        var (back, address) = (LocalPath.Of(form["return"]), SignInLimits.AddressOf(http));
        if (limits.IsFull(address))
        {
            return Again(http, signedIn, back, TooMany, StatusCodes.Status429TooManyRequests);
        }

        var proof = await signIns.AgainAsync(signedIn.Account, form["password"].ToString(), form["code"].ToString(), address);
        if (!proof.Holds)
        {
            return Again(http, signedIn, back, Failed, StatusCodes.Status422UnprocessableEntity);
        }

        await SessionCookie.ProveAgainAsync(http, signedIn.Account);
        return new SeeOther(back ?? IdentityPaths.Account);
    }

    private static async Task<IResult> OfficesAsync(HttpContext http, SpeakingAs speaking)
    {
        var offices = await speaking.OfficesAsync(Requester.Of(http));
        return PageResults.Show<OfficesPage, OfficesModel>(
            PageContexts.WithForms(http),
            new OfficesModel([.. offices.Select(office => new PageOffice(Landing.Office(office.Code), office.Name))])
        );
    }

    /// <summary>Begins the session and goes to where somebody wanted, or to where they work.</summary>
    public static async Task<IResult> GoOnAsync(
        HttpContext http,
        StoredAccount account,
        string method,
        string? back,
        OutsideProof? outside = null
    )
    {
        await SessionCookie.StartAsync(http, account, method, outside);
        return new SeeOther(LocalPath.Of(back) ?? IdentityPaths.SignIn);
    }

    private static IResult Page(HttpContext http, SignInModel model, int status = StatusCodes.Status200OK) =>
        PageResults.Show<SignInPage, SignInModel>(PageContexts.WithForms(http), model with { HasProvider = HasProvider(http) }, status);

    private static bool HasProvider(HttpContext http) => http.RequestServices.GetRequiredService<IdentitySettings>().Provider is not null;

    private static IResult Again(HttpContext http, SignedIn who, string? back, Words? fault = null, int status = StatusCodes.Status200OK) =>
        PageResults.Show<AgainPage, AgainModel>(
            PageContexts.WithForms(http),
            new AgainModel(back, who.Account.TotpOn, who.Account.PasswordHash is not null, fault)
            {
                HasProvider = who.Method == SessionMethods.Outside && HasProvider(http),
            },
            status
        );
}
