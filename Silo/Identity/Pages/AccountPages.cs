using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TownReform.Silo.Identity.Storage;
using TownReform.Silo.Web;

namespace TownReform.Silo.Identity.Pages;

/// <summary>What people see and change of their own account.</summary>
internal static class AccountPages
{
    private static readonly Words WrongOld = new(
        "现在的密码不对，或者连续失败五次后须等十五分钟。",
        "The present password is wrong, or the account waits fifteen minutes after five failures."
    );

    private static readonly Words Same = new("新密码与现在的相同。", "The new password is the present one.");

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(IdentityPaths.Account, ShowAsync).ForPeople();
        pages.MapPost(IdentityPaths.Sessions, EndOthersAsync).ForPeople();
        pages.MapGet(IdentityPaths.Password, ShowPassword);
        pages.MapPost(IdentityPaths.Password, ChangePasswordAsync);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http,
        SpeakingAs speaking,
        SessionStore sessions,
        SecondFactorStore second,
        PasskeyStore passkeys,
        [FromQuery] string? done
    )
    {
        var signedIn = http.Features.Get<SignedIn>()!;
        var (account, present) = (signedIn.Account, SessionCookie.SessionId(http));
        var offices = await speaking.OfficesAsync(Requester.Of(http));
        var model = new AccountModel(
            account.Account.Name,
            account.Account.SignInName,
            account.Account.Kind,
            [.. offices.Select(office => new PageOffice(Landing.Office(office.Code), office.Name))],
            HasPassword: account.PasswordHash is not null,
            HasCodes: account.TotpOn,
            CodesLeft: await second.LeftAsync(account.Id),
            Passkeys: [.. (await passkeys.ListAsync(account.Id)).Select(key => new PagePasskey(key.Id, key.Name, key.CreatedAt))],
            Sessions:
            [
                .. (await sessions.ListAsync(account.Id)).Select(session => new PageSession(
                    session.StartedAt,
                    AccountWords.OfMethod(session.Method),
                    session.Id == present
                )),
            ]
        )
        {
            Told = Done(done),
        };
        return PageResults.Show<AccountPage, AccountModel>(PageContexts.WithForms(http), model);
    }

    private static async Task<IResult> EndOthersAsync(HttpContext http, SessionStore sessions, [FromForm] IFormCollection form)
    {
        _ = form;
        await sessions.EndAllAsync(Requester.Of(http).AccountId!, except: SessionCookie.SessionId(http));
        return Told("sessions");
    }

    private static IResult ShowPassword(HttpContext http) =>
        http.Features.Get<SignedIn>() is { Account: { PasswordHash: not null } account }
            ? Password(http, new PasswordModel(account.MustChange))
            : SignInFirst.Ask(http);

    private static async Task<IResult> ChangePasswordAsync(
        HttpContext http,
        SignIns signIns,
        SignInLimits limits,
        Passwords passwords,
        AccountStore accounts,
        [FromForm] IFormCollection form
    )
    {
        if (http.Features.Get<SignedIn>() is not { Account: { PasswordHash: not null } account } signedIn)
        {
            return SignInFirst.Ask(http);
        }

        var (old, fresh, address) = (form["old"].ToString(), form["new"].ToString(), SignInLimits.AddressOf(http));
        var model = new PasswordModel(account.MustChange);
        if (limits.IsFull(address) || !await signIns.IsPasswordAsync(account, old, address))
        {
            return Password(http, model with { Field = "old", Fault = WrongOld }, StatusCodes.Status422UnprocessableEntity);
        }

        var known = account.Account;
        var fault = old == fresh ? Same : PasswordRules.WhyNot(fresh, known.SignInName, known.Name.Zh, known.Name.En, known.Staff ?? "");
        if (fault is not null)
        {
            return Password(http, model with { Field = "new", Fault = fault }, StatusCodes.Status422UnprocessableEntity);
        }

        await accounts.SetPasswordAsync(account.Id, await passwords.HashAsync(fresh), mustChange: false);
        await signIns.NoteAsync(signedIn, SignInOutcome.PasswordChanged, address);
        await SessionCookie.StartAsync(http, (await accounts.FindAsync(account.Id))!, signedIn.Method);
        return Told("password");
    }

    /// <summary>To the account, which says what was done.</summary>
    public static IResult Told(string done) => new SeeOther($"{IdentityPaths.Account}?done={done}");

    private static Words? Done(string? done) =>
        done switch
        {
            "password" => new("密码已修改，其他会话已结束。", "The password is changed, and all other sessions have ended."),
            "sessions" => new("其他会话已全部结束。", "All other sessions have ended."),
            "codes-off" => new("一次性验证码已停用。", "One-time codes are off."),
            "passkey" => new("通行密钥已添加。", "The passkey is added."),
            "passkey-removed" => new("通行密钥已删除。", "The passkey is removed."),
            _ => null,
        };

    private static IResult Password(HttpContext http, PasswordModel model, int status = StatusCodes.Status200OK) =>
        PageResults.Show<PasswordPage, PasswordModel>(PageContexts.WithForms(http), model, status);
}
