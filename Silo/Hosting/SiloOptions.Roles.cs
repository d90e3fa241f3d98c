namespace TownReform.Silo.Hosting;

/// <summary>What a process that only serves the web may be told.</summary>
internal sealed partial record SiloOptions
{
    /// <summary>Serves pages and API as a client of silos, with none in this process.</summary>
    public bool IsWeb { get; init; }

    /// <summary>What is wrong with a line that asks for a role.</summary>
    private static Words? RoleFault(Dictionary<string, string> given, SiloOptions options)
    {
        if (given.TryGetValue("--role", out var role) && role is not ("silo" or "web"))
        {
            return new Words($"--role 只能是 silo 或 web，不能是“{role}”。", $"--role is silo or web, not '{role}'.");
        }

        if (!options.IsWeb)
        {
            return null;
        }

        if (options.HttpPort is null)
        {
            return new Words("--role web 须给出 --http。", "--role web needs --http.");
        }

        if (SiloLine.OfSilosAlone.FirstOrDefault(given.ContainsKey) is { } ofSilos)
        {
            return new Words(
                $"{ofSilos} 属于节点，不能与 --role web 同用：请在启动节点时给出。",
                $"{ofSilos} belongs to a silo and can't be used with --role web: give it where a silo is started."
            );
        }

        return options.Connection is not null && given.ContainsKey("--gateway-port")
            ? new Words(
                "--gateway-port 不能与 --role web --storage postgres 同用：各节点的网关由数据库得知。",
                "--gateway-port can't be used with --role web --storage postgres: the database tells the gateways of all silos."
            )
            : null;
    }
}
