using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace TownReform.Silo.Identity;

/// <summary>
/// Who asks: an account that has signed in or shown a key, or nobody in particular. An endpoint gets it as a parameter. Neither office nor
/// role is in it: <see cref="SpeakingAs"/> asks the town for those.
/// </summary>
public sealed record Requester : IBindableFromHttpContext<Requester>
{
    private Requester() { }

    public static Requester Anonymous { get; } = new();

    /// <summary>The account; null for whoever hasn't signed in.</summary>
    public Account? Account { get; private init; }

    /// <summary>What the key may be used for; null when it was no key that signed in.</summary>
    public KeyScopes? Scopes { get; private init; }

    /// <summary>When somebody last proved who they are by password, second factor or passkey; null for keys and tokens.</summary>
    public DateTimeOffset? ProvedAt { get; private init; }

    [MemberNotNullWhen(false, nameof(Account), nameof(AccountId))]
    public bool IsAnonymous => Account is null;

    public AccountKind? Kind => Account?.Kind;

    /// <summary>For records and limits; never shown.</summary>
    public string? AccountId => Account?.Id;

    public Words? Name => Account?.Name;

    public ImmutableArray<string> Parties => Account?.Parties ?? [];

    public static Requester SignedIn(Account account, DateTimeOffset? provedAt) => new() { Account = account, ProvedAt = provedAt };

    public static Requester WithKey(Account account, KeyScopes scopes) => new() { Account = account, Scopes = scopes };

    /// <summary>Whether a use is open: always for people, for a key where its scopes name it.</summary>
    public bool May(KeyScopes use) => Scopes is not { } scopes || (scopes & use) == use;

    public static Requester Of(HttpContext http) => http.Features.Get<Requester>() ?? Anonymous;

    static ValueTask<Requester?> IBindableFromHttpContext<Requester>.BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult<Requester?>(Of(context));
}
