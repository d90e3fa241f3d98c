using System.Collections.Immutable;
using System.Net;
using TownReform.Silo.Identity;
using TownReform.Silo.Identity.Outside;

namespace TownReform.Silo.Hosting;

/// <summary>What the options of identity mean. The first fault stays.</summary>
internal static class IdentityValues
{
    public const string SecretVariable = "TOWNREFORM_OIDC_SECRET";

    private const string Authority = "--oidc-authority",
        ClientId = "--oidc-client-id",
        SecretFile = "--oidc-secret-file",
        Scopes = "--oidc-scopes",
        TokenIssuer = "--token-issuer",
        TokenAudience = "--token-audience";

    /// <summary>Longer than any secret; what is longer is another file.</summary>
    private const int LongestSecret = 4096;

    public static IdentitySettings Read(IReadOnlyDictionary<string, string> given, Func<string, string?> environment, ref Words? fault)
    {
        var (provider, tokens) = (Provider(given, environment, ref fault), Tokens(given, ref fault));
        if ((provider is not null || tokens is not null) && !given.ContainsKey("--http"))
        {
            fault ??= new Words($"{Authority} 与 {TokenIssuer} 须与 --http 同用。", $"{Authority} and {TokenIssuer} need --http.");
        }

        if (provider is not null && tokens is not null && provider.ClientId == tokens.Audience)
        {
            fault ??= new Words(
                $"{TokenAudience} 不能与 {ClientId} 相同：否则登录用的身份令牌也会被当作接口令牌。",
                $"{TokenAudience} must differ from {ClientId}: else a token of somebody's sign-in would count as one of the API."
            );
        }

        return new()
        {
            DemoAccounts = given.ContainsKey("--demo-accounts"),
            RequiresSecondFactor = given.ContainsKey("--require-second-factor"),
            ProofAge = TimeSpan.FromMinutes(SiloValues.Number(given, "--proof-minutes", 15, 1, 480, ref fault)),
            Provider = provider,
            Tokens = tokens,
        };
    }

    public static ImmutableArray<IPAddress> Proxies(IReadOnlyDictionary<string, string> given, ref Words? fault)
    {
        var list = ImmutableArray.CreateBuilder<IPAddress>();
        foreach (var text in List(given, "--proxy"))
        {
            if (IPAddress.TryParse(text, out var address))
            {
                list.Add(address);
            }
            else
            {
                fault ??= new Words($"--proxy 须为 IP 地址，不能是“{text}”。", $"--proxy lists IP addresses, not '{text}'.");
            }
        }

        return list.ToImmutable();
    }

    private static ProviderSettings? Provider(
        IReadOnlyDictionary<string, string> given,
        Func<string, string?> environment,
        ref Words? fault
    )
    {
        if (!given.ContainsKey(Authority))
        {
            foreach (var option in (string[])[ClientId, SecretFile, Scopes])
            {
                if (given.ContainsKey(option))
                {
                    fault ??= new Words($"{option} 须与 {Authority} 同用。", $"{option} needs {Authority}.");
                }
            }

            return null;
        }

        var (authority, client) = (Issuer(given, Authority, ref fault), given.GetValueOrDefault(ClientId));
        if (client is null)
        {
            fault ??= new Words($"{Authority} 须同时给出 {ClientId}。", $"{Authority} needs {ClientId}.");
        }

        var secret = Secret(given.GetValueOrDefault(SecretFile), environment, ref fault);
        return authority is null || client is null || secret is null
            ? null
            : new ProviderSettings(authority, client, secret, [.. List(given, Scopes)]);
    }

    private static TokenSettings? Tokens(IReadOnlyDictionary<string, string> given, ref Words? fault)
    {
        if (given.ContainsKey(TokenIssuer) != given.ContainsKey(TokenAudience))
        {
            fault ??= new Words($"{TokenIssuer} 与 {TokenAudience} 须同时给出。", $"{TokenIssuer} and {TokenAudience} need each other.");
            return null;
        }

        return given.ContainsKey(TokenIssuer) && Issuer(given, TokenIssuer, ref fault) is { } issuer
            ? new TokenSettings(issuer, given[TokenAudience])
            : null;
    }

    // Whoever can change what an issuer answers can be anybody here.
    private static Uri? Issuer(IReadOnlyDictionary<string, string> given, string option, ref Words? fault)
    {
        var text = given[option];
        if (
            Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && uri is { UserInfo: "", Query: "", Fragment: "" }
            && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        )
        {
            return uri;
        }

        fault ??= new Words(
            $"{option} 须为 https 网址（本机可用 http），不带用户名、查询与片段，不能是“{text}”。",
            $"{option} is an https address (http on loopback alone) without user, query and fragment, not '{text}'."
        );
        return null;
    }

    private static string? Secret(string? file, Func<string, string?> environment, ref Words? fault)
    {
        if (file is null)
        {
            var secret = SiloValues.NotEmpty(environment(SecretVariable));
            fault ??= secret is null
                ? new Words(
                    $"{Authority} 须有客户端密钥：{SecretFile} 指明其文件，或用环境变量 {SecretVariable}。",
                    $"{Authority} needs the client's secret: in a file ({SecretFile}), or in {SecretVariable}."
                )
                : null;
            return secret;
        }

        try
        {
            using var reader = new StreamReader(file);
            var buffer = new char[LongestSecret + 1];
            var text = new string(buffer, 0, reader.ReadBlock(buffer)).Trim();
            if (text.Length is > 0 and <= LongestSecret && !text.Any(char.IsControl))
            {
                return text;
            }

            fault ??= new Words(
                $"{SecretFile} {file} 应只含一行密钥；它是空的，或含有别的内容。",
                $"{SecretFile} {file} should hold the secret in one line; it is empty or holds something else."
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            fault ??= new Words(
                $"{SecretFile} {file} 无法读取：请核对路径与权限。",
                $"{SecretFile} {file} can't be read: check its path and who may read it."
            );
        }

        return null;
    }

    private static string[] List(IReadOnlyDictionary<string, string> given, string option) =>
        given.GetValueOrDefault(option)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
}
