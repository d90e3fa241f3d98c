using System.Collections.Immutable;

namespace TownReform.Silo.Identity.Outside;

/// <summary>The outside provider (OpenID Connect) that vouches for people.</summary>
/// <param name="Authority">Below it lies <c>/.well-known/openid-configuration</c>.</param>
/// <param name="ClientSecret">Never shown.</param>
/// <param name="Scopes">Asked for beside <c>openid</c>.</param>
internal sealed record ProviderSettings(Uri Authority, string ClientId, string ClientSecret, ImmutableArray<string> Scopes)
{
    /// <summary>How old a proof at the provider may be at a sign-in; it then says when the proof was given.</summary>
    public static readonly TimeSpan OldestProof = TimeSpan.FromHours(8);

    // A record shows all of its values.
    public override string ToString() => $"{Authority} {ClientId}";
}

/// <summary>Whose tokens (JWT) of machines are taken.</summary>
/// <param name="Issuer">Below it lies <c>/.well-known/openid-configuration</c>.</param>
/// <param name="Audience">What a token must be made out for.</param>
internal sealed record TokenSettings(Uri Issuer, string Audience);

/// <summary>Names of issuers.</summary>
internal static class OutsideIssuers
{
    /// <summary>As it is kept: providers write theirs with a slash at the end or without.</summary>
    public static string Normal(string issuer) => issuer.TrimEnd('/');

    /// <summary>Signatures that only their issuer can make: none by a secret that we hold too.</summary>
    public static readonly string[] Algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];
}
