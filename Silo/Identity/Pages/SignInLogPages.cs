using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TownReform.Silo.Api.Conventions;
using TownReform.Silo.Identity.Storage;
using TownReform.Silo.Web;
using TownReform.Silo.Web.Audit;

namespace TownReform.Silo.Identity.Pages;

/// <summary>What an auditor sees of sign-ins.</summary>
/// <param name="Name">Sign-in name that was asked for.</param>
/// <param name="OnlyFailed">Only what failed was asked for.</param>
/// <param name="Until">Last day that was asked for; null: up to now.</param>
/// <param name="Zone">IANA name of the time zone.</param>
public sealed record SignInLogModel(string Name, bool OnlyFailed, DateOnly? Until, ImmutableArray<PageSignIn> SignIns, string Zone)
{
    /// <summary>Where the list goes on; null at its end.</summary>
    public string? Next { get; init; }

    /// <summary>What was typed as a day and is none.</summary>
    public string? WrongDay { get; init; }
}

/// <summary>A line of it.</summary>
/// <param name="Who">Sign-in name; null for a name that nobody has.</param>
/// <param name="Address">Where from.</param>
public sealed record PageSignIn(DateTimeOffset At, string? Who, Words? Kind, Words Outcome, bool IsFailure, Words Method, string Address);

/// <summary>The record of sign-ins (登录记录), for auditors.</summary>
internal static class SignInLogPages
{
    private const int Most = 50;

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet(IdentityPaths.SignIns, ShowAsync).ForSignedIn(AccountKind.Auditor);

    private static async Task<IResult> ShowAsync(
        TownCalls town,
        SignInLog log,
        HttpContext http,
        [FromQuery] string? name,
        [FromQuery] string? failed,
        [FromQuery] string? until,
        [FromQuery] string? after
    )
    {
        var zone = (await TownsRead.AllAsync(town.Grains))[0].TimeZone;
        var (who, onlyFailed) = ((name ?? "").Trim(), failed == "on");
        var day = DateOnly.TryParseExact(until, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read)
            ? read
            : (DateOnly?)null;
        var found = await log.ListAsync(
            who.Length is 0 or > 100 ? null : who,
            onlyFailed,
            day is { } last ? EndOf(last, zone) : null,
            SignInRecord.Read(after),
            Most + 1
        );
        var model = new SignInLogModel(who, onlyFailed, day, [.. found.Take(Most).Select(Line)], zone)
        {
            Next = found.Length > Most ? found[Most - 1].Cursor : null,
            WrongDay = day is null && !string.IsNullOrWhiteSpace(until) ? until : null,
        };
        return PageResults.Show<SignInLogPage, SignInLogModel>(
            AuditPages.Context(http),
            model,
            model.WrongDay is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity
        );
    }

    // The last day there is has no next one.
    private static DateTimeOffset EndOf(DateOnly day, string zone)
    {
        var next = (day == DateOnly.MaxValue ? day : day.AddDays(1)).ToDateTime(TimeOnly.MinValue);
        var found = TimeZoneInfo.FindSystemTimeZoneById(zone);
        return new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(next, found), TimeSpan.Zero);
    }

    private static PageSignIn Line(SignInRecord record) =>
        new(
            record.At,
            record.SignInName,
            record.Kind is { } kind ? AccountWords.Of(kind) : null,
            SignInWords.Of(record.Outcome),
            SignInWords.IsFailure(record.Outcome),
            SignInWords.OfMethod(record.Method),
            record.Address
        );
}

/// <summary>What came of sign-ins, in words.</summary>
internal static class SignInWords
{
    public static bool IsFailure(SignInOutcome outcome) =>
        outcome is not (SignInOutcome.SignedIn or SignInOutcome.CodeWanted or SignInOutcome.SignedOut or SignInOutcome.PasswordChanged);

    public static Words Of(SignInOutcome outcome) =>
        outcome switch
        {
            SignInOutcome.Begun => new("未完成", "not completed"),
            SignInOutcome.SignedIn => new("成功", "held"),
            SignInOutcome.WrongPassword => new("密码不对", "wrong password"),
            SignInOutcome.Locked => new("失败过多，账户暂停登录", "shut for a while after failures"),
            SignInOutcome.UnknownName => new("没有该登录名", "nobody has that name"),
            SignInOutcome.Disabled => new("账户已停用", "account is shut"),
            SignInOutcome.WrongCode => new("验证码不对", "wrong code"),
            SignInOutcome.CodeWanted => new("密码正确，尚须验证码", "password right, code wanted"),
            SignInOutcome.SignedOut => new("退出", "signed out"),
            SignInOutcome.PasswordChanged => new("修改密码", "password changed"),
            SignInOutcome.WrongPasskey => new("通行密钥不对", "wrong passkey"),
            SignInOutcome.NotLinked => new("统一身份未关联账户", "not linked to an account"),
            SignInOutcome.WrongProvider => new("统一身份登录未完成", "sign-in at the organisation failed"),
            SignInOutcome.WrongSignOut => new("统一身份退出通知无效", "sign-out told by nobody known"),
            _ => new($"{(int)outcome}", $"{(int)outcome}"),
        };

    public static Words OfMethod(string method) => method == "code" ? new("一次性验证码", "one-time code") : AccountWords.OfMethod(method);
}
