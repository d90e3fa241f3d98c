using TownReform.Silo.Identity.Outside;

namespace TownReform.Silo.Identity;

/// <summary>How people sign in to a silo.</summary>
internal sealed record IdentitySettings
{
    /// <summary>Staff and all others who work for the public must set up one-time codes or a passkey before they may do anything.</summary>
    public bool RequiresSecondFactor { get; init; }

    /// <summary>For how long a proof of who somebody is serves for acts that decide, and for changes to their own account.</summary>
    public TimeSpan ProofAge { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Accounts for trying are made at the start.</summary>
    public bool DemoAccounts { get; init; }

    /// <summary>The outside provider that vouches for people; null for none.</summary>
    public ProviderSettings? Provider { get; init; }

    /// <summary>Whose tokens of machines are taken; null: nobody's.</summary>
    public TokenSettings? Tokens { get; init; }

    /// <summary>How long a session lasts at most, from its sign-in on.</summary>
    public static TimeSpan LongestSession(AccountKind kind) => TimeSpan.FromHours(kind is AccountKind.Party ? 24 : 8);

    /// <summary>How long a session lasts after its last request.</summary>
    public static TimeSpan LongestIdle(AccountKind kind) => TimeSpan.FromMinutes(kind is AccountKind.Party ? 120 : 60);

    /// <summary>Whether somebody works for the public, whose sign-in is held to more.</summary>
    public static bool IsOfStaff(AccountKind kind) => kind is not (AccountKind.Party or AccountKind.Integration);
}
