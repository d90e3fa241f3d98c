using System.Collections.Immutable;

namespace TownReform.Silo.Identity.Pages;

/// <summary>What somebody sees of their own account.</summary>
/// <param name="Offices">Offices that they hold just now.</param>
/// <param name="HasCodes">One-time codes are asked for.</param>
/// <param name="CodesLeft">Recovery codes that were not used.</param>
public sealed record AccountModel(
    Words Name,
    string SignInName,
    AccountKind Kind,
    ImmutableArray<PageOffice> Offices,
    bool HasPassword,
    bool HasCodes,
    int CodesLeft,
    ImmutableArray<PagePasskey> Passkeys,
    ImmutableArray<PageSession> Sessions
)
{
    /// <summary>What has just been done; null for nothing.</summary>
    public Words? Told { get; init; }
}

/// <param name="IsThis">The one in which the page is read.</param>
public sealed record PageSession(DateTimeOffset StartedAt, Words Method, bool IsThis);

/// <param name="Id">Of the credential, base 64 for addresses.</param>
public sealed record PagePasskey(string Id, string Name, DateTimeOffset CreatedAt);

/// <summary>The page on which a password is changed.</summary>
/// <param name="MustChange">It was given by somebody else, and nothing else is open before it is changed.</param>
/// <param name="Field">The field that is wrong.</param>
public sealed record PasswordModel(bool MustChange, string? Field = null, Words? Fault = null);

/// <summary>The page on which one-time codes are set up.</summary>
/// <param name="Picture">What an authenticator reads, as a picture (data address); null when they are on already.</param>
/// <param name="Key">The same to be typed, in groups of four.</param>
/// <param name="Ticket">The key for the next step, sealed.</param>
/// <param name="IsWanted">Nothing else is open before they are set up.</param>
/// <param name="HasPasskey">There is a passkey, so it is what to sign in with.</param>
public sealed record SecondFactorModel(string? Picture, string? Key, string? Ticket, bool IsWanted, bool HasPasskey, Words? Fault = null);

/// <summary>The recovery codes, shown once.</summary>
public sealed record RecoveryCodesModel(ImmutableArray<string> Codes);

/// <summary>What pages of identity call things.</summary>
internal static class AccountWords
{
    public static Words Of(AccountKind kind) =>
        kind switch
        {
            AccountKind.Staff => new("工作人员", "town staff"),
            AccountKind.County => new("上级部门人员", "department above the town"),
            AccountKind.Party => new("当事人", "party"),
            AccountKind.Leader => new("领导", "leader"),
            AccountKind.Auditor => new("审计人员", "auditor"),
            AccountKind.Operator => new("运维人员", "operator"),
            _ => new("接入系统", "integration"),
        };

    public static Words OfMethod(string method) =>
        method switch
        {
            SessionMethods.Password => new("密码", "password"),
            SessionMethods.PasswordAndCode => new("密码和一次性验证码", "password and one-time code"),
            SessionMethods.Passkey => new("通行密钥", "passkey"),
            SessionMethods.Outside => new("单位统一身份", "organisation's account"),
            _ => new(method, method),
        };
}
