using System.Collections.Immutable;

namespace TownReform.Silo.Hosting;

/// <summary>The option that says what the process does.</summary>
internal static partial class SiloLine
{
    /// <summary>What a process without a silo has no use for.</summary>
    public static ImmutableArray<string> OfSilosAlone { get; } =
    [
        "--silo-port",
        "--most-at-once",
        "--dashboard",
        "--simulations",
        "--otlp",
        "--checkpoint-to",
        "--checkpoint-every",
        "--new-signing-key",
        "--clock",
    ];

    private static SiloOption[] OfRoles =>
        [
            new(
                "--role",
                new("silo|web", "silo|web"),
                new(
                    "silo（默认）；或 web：只提供网页与接口（--http），作为客户端连接已运行的节点，自身不含节点",
                    "silo (default); or web: serves pages and API (--http) as a client of silos that run already, with none in this process"
                )
            ),
        ];
}
