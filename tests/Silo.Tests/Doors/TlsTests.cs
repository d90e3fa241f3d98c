using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using TownReform.Silo.Doors;
using TownReform.Silo.Hosting;
using TownReform.Silo.Tests.Fixtures;

namespace TownReform.Silo.Tests.Doors;

/// <summary>Mutual TLS at a real silo's ports: whoever has a certificate of the town's authority is served, nobody else; beyond loopback
/// nothing opens without.</summary>
public sealed class TlsTests : IDisposable
{
    private static readonly DateTimeOffset Today = TimeProvider.System.GetUtcNow();

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tls");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Gateway_WithACertificateOfTheAuthority_ServesAndNobodyElse()
    {
        using var authority = Authority("town");
        var (silo, client) = (Issue(authority, "silo", mayServe: true), Issue(authority, "client", mayServe: false));
        using var other = Authority("other");
        var (stranger, ca, otherCa) = (
            Issue(other, "stranger", mayServe: false),
            Path.Combine(folder.FullName, "town-ca.pem"),
            Path.Combine(folder.FullName, "other-ca.pem")
        );
        var ports = SiloProcess.FreePorts();
        await using var process = await SiloProcess.StartWithAsync(
            Path.Combine(folder.FullName, "data"),
            ports,
            "--tls-certificate",
            silo + ".pem",
            "--tls-key",
            silo + ".key",
            "--tls-ca",
            ca
        );

        (await ReadAsync(ports.Gateway, TlsFiles.Read(client + ".pem", client + ".key", ca, null).Files)).ShouldBeTrue();
        (await ReadAsync(ports.Gateway, null)).ShouldBeFalse();
        (await ReadAsync(ports.Gateway, TlsFiles.Read(stranger + ".pem", stranger + ".key", ca, null).Files)).ShouldBeFalse();
        (await ReadAsync(ports.Gateway, TlsFiles.Read(client + ".pem", client + ".key", otherCa, null).Files)).ShouldBeFalse();
        (await ReadAsync(ports.Gateway, TlsFiles.Read(client + ".pem", client + ".key", ca, null).Files)).ShouldBeTrue();
    }

    [Fact]
    public void Start_BeyondLoopback_NeedsTls()
    {
        using var authority = Authority("town");
        var (silo, client, ca) = (
            Issue(authority, "silo", mayServe: true),
            Issue(authority, "client", mayServe: false),
            Path.Combine(folder.FullName, "town-ca.pem")
        );
        Fault("--address", "10.0.0.1").ShouldNotBeNull().En.ShouldContain("mutual TLS");
        Fault("--address", "10.0.0.1", "--tls-certificate", silo + ".pem", "--tls-key", silo + ".key", "--tls-ca", ca).ShouldBeNull();
        Fault("--tls-certificate", silo + ".pem").ShouldNotBeNull().En.ShouldContain("--tls-ca");
        Fault("--tls-certificate", silo + ".none", "--tls-ca", ca).ShouldNotBeNull().En.ShouldContain("no file");
        Fault("--tls-certificate", silo + ".pem", "--tls-ca", ca).ShouldNotBeNull().En.ShouldContain("--tls-");
        Fault("--tls-certificate", client + ".pem", "--tls-key", client + ".key", "--tls-ca", ca)
            .ShouldNotBeNull()
            .En.ShouldContain("serverAuth");
    }

    private static Words? Fault(params string[] line) => Silo.Hosting.SiloOptions.Parse(line, _ => null).Fault;

    private static async Task<bool> ReadAsync(int gateway, TlsFiles? tls)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client =>
            (tls is null ? client : client.UseTls(tls.ForSilos))
                .UseStaticClustering(new IPEndPoint(IPAddress.Loopback, gateway))
                .UseConnectionRetryFilter((_, _) => Task.FromResult(false))
                .Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(8))
                .Configure<ClusterOptions>(cluster =>
                    (cluster.ClusterId, cluster.ServiceId) = (TownReformSilo.Cluster, TownReformSilo.Cluster)
                )
        );
        var host = builder.Build();
        try
        {
            await host.StartAsync(TestContext.Current.CancellationToken)
                .WaitAsync(TimeSpan.FromSeconds(8), TestContext.Current.CancellationToken);
            var read = host
                .Services.GetRequiredService<IGrainFactory>()
                .GetGrain<ITownGrain>(Address.Town(Address.Live, "yandian"))
                .ReadAsync();
            return (await read.WaitAsync(TimeSpan.FromSeconds(8), TestContext.Current.CancellationToken)).Value is not null;
        }
        catch (Exception)
        {
            return false;
        }
        finally
        {
            using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            await host.StopAsync(soon.Token)
                .WaitAsync(TimeSpan.FromSeconds(3), CancellationToken.None)
                .ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    private X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name} authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, true));
        var made = request.CreateSelfSigned(Today.AddDays(-1), Today.AddDays(30));
        File.WriteAllText(Path.Combine(folder.FullName, $"{name}-ca.pem"), made.ExportCertificatePem());
        return made;
    }

    /// <returns>Path of the files without their endings.</returns>
    private string Issue(X509Certificate2 authority, string name, bool mayServe)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var uses = new OidCollection { new("1.3.6.1.5.5.7.3.2") };
        if (mayServe)
        {
            uses.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        }

        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(uses, critical: false));
        using var issued = request.Create(
            authority,
            Today.AddDays(-1),
            Today.AddDays(20),
            [.. SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name))[..8].Select(b => (byte)(b & 0x7F))]
        );
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path + ".pem", issued.ExportCertificatePem());
        File.WriteAllText(path + ".key", key.ExportPkcs8PrivateKeyPem());
        return path;
    }
}
