namespace TownReform.Silo.Hosting;

/// <summary>Options of who signs in, and how.</summary>
internal static partial class SiloLine
{
    private static SiloOption[] OfSignIn =>
        [
            new(
                "--demo-accounts",
                null,
                new(
                    "为各岗位建立演示账户，口令每次启动时重新生成并显示一次（须有 --http，仅限本机地址）",
                    "make accounts for trying, one of each role, with passwords that are new at each start and shown once (needs --http "
                        + "and a loopback address)"
                )
            ),
            new(
                "--require-second-factor",
                null,
                new(
                    "工作人员须启用一次性验证码或用通行密钥登录，否则不能办理",
                    "staff must set up one-time codes or sign in by passkey before they may do anything"
                )
            ),
            new(
                "--proof-minutes",
                new("分钟", "MINUTES"),
                new(
                    "作出决定前，身份验证在多少分钟内有效（默认 15）",
                    "for how long a proof of who somebody is serves for acts that decide (default 15)"
                )
            ),
        ];

    private static SiloOption[] OfOutside =>
        [
            new(
                "--oidc-authority",
                new("网址", "URL"),
                new(
                    "单位统一身份（OpenID Connect）的签发者，如 https://id.example.gov；人员可由其登录（须有 --http）",
                    "issuer of the organisation's sign-in (OpenID Connect), such as https://id.example.gov; people may sign in by it "
                        + "(needs --http)"
                )
            ),
            new("--oidc-client-id", new("标识", "ID"), new("本系统在该处的客户端标识", "this town's client id there")),
            new(
                "--oidc-secret-file",
                new("文件", "FILE"),
                new(
                    $"其客户端密钥所在的文件（或环境变量 {IdentityValues.SecretVariable}）；密钥不能写在命令行上",
                    $"file with the client's secret (or {IdentityValues.SecretVariable}); it never stands on the command line"
                )
            ),
            new(
                "--oidc-scopes",
                new("列表", "LIST"),
                new("在 openid 之外请求的范围，以逗号分隔（默认无）", "scopes to ask for beside openid, with commas (default none)")
            ),
        ];

    private static SiloOption[] OfTokensAndProxies =>
        [
            new(
                "--token-issuer",
                new("网址", "URL"),
                new(
                    "接受该签发者发给程序的令牌（JWT，客户端凭证）；须同时给出 --token-audience",
                    "take tokens (JWT, client credentials) that this issuer gives to programs; needs --token-audience"
                )
            ),
            new("--token-audience", new("名称", "NAME"), new("令牌须载明的受众", "audience that a token must be made out for")),
            new(
                "--proxy",
                new("地址", "ADDRESSES"),
                new(
                    "反向代理的 IP 地址，以逗号分隔：只信其 X-Forwarded-For、-Proto、-Host（默认不信任何）",
                    "IP addresses of the reverse proxies, with commas, whose X-Forwarded-For, -Proto and -Host count (default: nobody's)"
                )
            ),
        ];
}
