using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TownReform.Silo.Identity.Pages;
using TownReform.Silo.Identity.Storage;
using TownReform.Silo.Web;

namespace TownReform.Silo.Identity.Outside;

/// <summary>What becomes of the provider's answer: a session of the account that its identity is linked to, or a page that says whom to
/// ask. No account is ever made here.</summary>
internal static partial class ProviderSignIn
{
    /// <summary>Clocks of two machines differ by so much at most.</summary>
    private static readonly TimeSpan ClocksApart = TimeSpan.FromMinutes(1);

    public static readonly Words Unreachable = new(
        "单位统一身份服务此刻无法连接。请稍后再试，或用密码、通行密钥登录。",
        "Your organisation's sign-in can't be reached just now. Try again later, or sign in by password or passkey."
    );

    private static readonly Words Broken = new(
        "单位统一身份的登录没有完成：可能已超过十分钟，或者在另一个窗口中开始。请重新登录。",
        "The sign-in at your organisation was not completed: it took more than ten minutes, or began in another window. Sign in again."
    );

    private static readonly Words NoProof = new(
        "单位统一身份没有给出新的验证，或者登录的是另一个账户。请重试。",
        "Your organisation's sign-in gave no fresh proof, or it was another account's. Try again."
    );

    private static readonly Words TooMany = new(
        "此处登录失败次数过多，请十分钟后再试。",
        "Too many sign-ins have failed from here; come again in ten minutes."
    );

    /// <summary>Its answer holds: signature, nonce, state and code are right.</summary>
    public static async Task ReceivedAsync(TicketReceivedContext context)
    {
        context.HandleResponse();
        await (await AnswerAsync(context)).ExecuteAsync(context.HttpContext);
    }

    /// <summary>Somebody changed their mind there.</summary>
    public static Task DeclinedAsync(AccessDeniedContext context)
    {
        context.HandleResponse();
        return new SeeOther(IdentityPaths.SignIn).ExecuteAsync(context.HttpContext);
    }

    /// <summary>Its answer doesn't hold: another browser's, grown old, forged, or the provider refuses the code.</summary>
    public static async Task FailedAsync(RemoteFailureContext context)
    {
        context.HandleResponse();
        var http = context.HttpContext;
        if (context.Properties is not null && context.Failure is { } failure)
        {
            // It began here, so the operator hears of it; what anybody can send unasked is only counted.
            Failed(http.RequestServices.GetRequiredService<ILogger<ProviderSettings>>(), failure.Message);
        }

        var (services, address) = (http.RequestServices, SignInLimits.AddressOf(http));
        var isFull = services.GetRequiredService<SignInLimits>().IsFull(address);
        if (!isFull)
        {
            var signIns = services.GetRequiredService<SignIns>();
            await signIns.ByOtherAsync(null, SignInOutcome.WrongProvider, SessionMethods.Outside, address);
        }

        var page = isFull
            ? Page(http, TooMany, StatusCodes.Status429TooManyRequests)
            : Page(http, Broken, StatusCodes.Status422UnprocessableEntity);
        await page.ExecuteAsync(http);
    }

    /// <summary>The sign-in page with what went wrong.</summary>
    public static IResult Page(HttpContext http, Words fault, int status) =>
        PageResults.Show<SignInPage, SignInModel>(
            PageContexts.WithForms(http),
            new SignInModel(null, Fault: fault) { HasProvider = true },
            status
        );

    private static async Task<IResult> AnswerAsync(TicketReceivedContext context)
    {
        var (http, who, back) = (context.HttpContext, context.Principal!, context.ReturnUri);
        var services = http.RequestServices;
        var (issuer, subject) = (who.FindFirstValue("iss") ?? "", who.FindFirstValue("sub") ?? "");
        var account = await services.GetRequiredService<AccountStore>().FindOutsideAsync(OutsideIssuers.Normal(issuer), subject);
        // A program signs in by key or token, never on a page.
        account = account?.Account.Kind is AccountKind.Integration ? null : account;
        var asked = Provider.WasAskedAgain(context.Properties);
        var proof = await services
            .GetRequiredService<SignIns>()
            .ByOtherAsync(account, account is null ? SignInOutcome.NotLinked : null, SessionMethods.Outside, SignInLimits.AddressOf(http));
        if (!proof.Holds)
        {
            return PageResults.Show<NotLinkedPage, NotLinkedModel>(
                PageContexts.WithForms(http),
                new NotLinkedModel(issuer, subject),
                StatusCodes.Status403Forbidden
            );
        }

        var provedAt = Provider.Moment(who.FindFirstValue("auth_time")) ?? DateTimeOffset.UnixEpoch;
        if (asked is { } at)
        {
            return await AgainAsync(http, account!, at <= provedAt + ClocksApart, back);
        }

        return await SignInPages.GoOnAsync(
            http,
            account!,
            SessionMethods.Outside,
            back,
            new OutsideProof(who.FindFirstValue("sid"), provedAt)
        );
    }

    // The answer comes before the cookie is read.
    private static async Task<IResult> AgainAsync(HttpContext http, StoredAccount account, bool isFresh, string? back)
    {
        if (await http.AuthenticateAsync(SessionCookie.Scheme) is not { Succeeded: true, Principal: { } principal })
        {
            return new SeeOther(IdentityPaths.SignIn);
        }

        http.User = principal;
        if (!isFresh || http.Features.Get<SignedIn>()?.Account.Id != account.Id)
        {
            return Page(http, NoProof, StatusCodes.Status422UnprocessableEntity);
        }

        await SessionCookie.ProveAgainAsync(http, account);
        return new SeeOther(LocalPath.Of(back) ?? IdentityPaths.Account);
    }

    [LoggerMessage(1, LogLevel.Warning, "A sign-in at the outside provider failed: {Why}")]
    private static partial void Failed(ILogger logger, string why);
}

/// <summary>What an outside provider says of a proof.</summary>
/// <param name="Session">Its session, which its sign-out names; null where it has none.</param>
/// <param name="At">When it was given there.</param>
internal sealed record OutsideProof(string? Session, DateTimeOffset At);
