using System.Globalization;
using System.Net;
using Npgsql;
using TownReform.Silo.Doors;

namespace TownReform.Silo.Hosting;

/// <summary>What the values of single options mean. The first fault stays; what can't be read is taken for not given.</summary>
internal static class SiloValues
{
    // Never shown in full: it may hold a password.
    public static string? Database(IReadOnlyDictionary<string, string> given, Func<string, string?> environment, ref Words? fault)
    {
        var storage = given.GetValueOrDefault("--storage") ?? "sqlite";
        var connection = given.GetValueOrDefault("--connection");
        if (storage is not ("sqlite" or "postgres"))
        {
            fault ??= new Words(
                $"--storage 只能是 sqlite 或 postgres，不能是“{storage}”。",
                $"--storage is sqlite or postgres, not '{storage}'."
            );
        }
        else if (storage == "sqlite" && connection is not null)
        {
            fault ??= new Words("--connection 须与 --storage postgres 同用。", "--connection needs --storage postgres.");
        }
        else if (storage == "postgres" && given.ContainsKey("--data"))
        {
            fault ??= new Words(
                "--data 是 SQLite 的文件夹，不能与 --storage postgres 同用。",
                "--data is SQLite's folder; it can't be used with --storage postgres."
            );
        }
        else if (storage == "postgres")
        {
            connection ??= NotEmpty(environment(SiloOptions.ConnectionVariable));
            fault ??= connection is null
                ? new Words(
                    "--storage postgres 须给出 --connection（或环境变量 TOWNREFORM_CONNECTION）。",
                    "--storage postgres needs --connection (or TOWNREFORM_CONNECTION)."
                )
                : WhyNot(connection);
            return connection;
        }

        return null;
    }

    private static Words? WhyNot(string connection)
    {
        try
        {
            return string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(connection).Host)
                ? new Words("--connection 缺少 Host。", "--connection lacks Host.")
                : null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return new Words($"--connection 无法解读：{e.Message}", $"--connection can't be read: {e.Message}");
        }
    }

    public static TlsFiles? Secured(IReadOnlyDictionary<string, string> given, Func<string, string?> environment, ref Words? fault)
    {
        var (certificate, key, authority) = (
            given.GetValueOrDefault("--tls-certificate"),
            given.GetValueOrDefault("--tls-key"),
            given.GetValueOrDefault("--tls-ca")
        );
        if (certificate is null && key is null && authority is null)
        {
            return null;
        }

        if (certificate is null || authority is null)
        {
            fault ??= new Words(
                "TLS 须同时给出 --tls-certificate 与 --tls-ca（PEM 证书还须 --tls-key）。",
                "TLS needs both --tls-certificate and --tls-ca (and --tls-key for a PEM certificate)."
            );
            return null;
        }

        var (files, wrong) = TlsFiles.Read(certificate, key, authority, environment(TlsFiles.PasswordVariable));
        fault ??= wrong ?? files!.WhyNoSilo();
        return files;
    }

    public static IPAddress ListenOn(IReadOnlyDictionary<string, string> given, ref Words? fault)
    {
        if (!given.TryGetValue("--address", out var text))
        {
            return IPAddress.Loopback;
        }

        if (IPAddress.TryParse(text, out var address) && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any))
        {
            return address;
        }

        fault ??= new Words(
            $"--address 须为本机的一个 IP 地址，不能是“{text}”。",
            $"--address is one IP address of this machine, not '{text}'."
        );
        return IPAddress.Loopback;
    }

    public static int Port(IReadOnlyDictionary<string, string> given, string name, int otherwise, ref Words? fault) =>
        Number(given, name, otherwise, 1, 65535, ref fault);

    public static int Number(IReadOnlyDictionary<string, string> given, string name, int otherwise, int least, int most, ref Words? fault)
    {
        if (!given.TryGetValue(name, out var text))
        {
            return otherwise;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        fault ??= new Words(
            $"{name} 须为 {least} 至 {most} 的整数，不能是“{text}”。",
            $"{name} is a whole number from {least} to {most}, not '{text}'."
        );
        return otherwise;
    }

    public static Uri? Web(IReadOnlyDictionary<string, string> given, string name, ref Words? fault)
    {
        if (!given.TryGetValue(name, out var text))
        {
            return null;
        }

        if (
            Uri.TryCreate(text, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
        )
        {
            return address;
        }

        fault ??= new Words(
            $"{name} 须为网址，如 http://127.0.0.1:4318，不能是“{text}”。",
            $"{name} is an address such as http://127.0.0.1:4318, not '{text}'."
        );
        return null;
    }

    public static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
