using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Orleans.Connections.Security;

namespace TownReform.Silo.Doors;

/// <summary>
/// The certificate that a silo or client shows, and the authority that it believes: the town's own, no other. Each side shows one (mutual
/// TLS). A silo's says that it may serve
/// (extended key usage serverAuth); one that only clients have opens no silo port.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The certificate is used as long as the process lives.")]
public sealed class TlsFiles
{
    /// <summary>Holds the password of a PFX file.</summary>
    public const string PasswordVariable = "TOWNREFORM_TLS_PASSWORD";

    private const string ServerUse = "1.3.6.1.5.5.7.3.1";

    private static readonly TimeSpan Handshake = TimeSpan.FromSeconds(5);

    private readonly X509Certificate2 own;
    private readonly X509Certificate2Collection authorities;

    private TlsFiles(X509Certificate2 own, X509Certificate2Collection authorities) => (this.own, this.authorities) = (own, authorities);

    /// <summary>Reads the files.</summary>
    /// <param name="certificate">PEM or PFX.</param>
    /// <param name="key">PEM of the private key; null where the certificate's file has it.</param>
    /// <param name="authority">PEM of the authority's certificate, or several.</param>
    /// <returns>The files, or what is wrong with them.</returns>
    public static (TlsFiles? Files, Words? Fault) Read(string certificate, string? key, string authority, string? password)
    {
        foreach (var file in new[] { certificate, key, authority }.OfType<string>())
        {
            if (!File.Exists(file))
            {
                return (
                    null,
                    new(
                        $"没有文件 {Path.GetFullPath(file)}（--tls-certificate、--tls-key、--tls-ca）。",
                        $"There is no file {Path.GetFullPath(file)} (--tls-certificate, --tls-key, --tls-ca)."
                    )
                );
            }
        }

        try
        {
            var own = Load(certificate, key, password);
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(authority);
            return !own.HasPrivateKey
                    ? (
                        null,
                        new(
                            $"{certificate} 没有私钥；请用 --tls-key 指明，或使用 PFX。",
                            $"{certificate} has no private key; name it with --tls-key, or use a PFX file."
                        )
                    )
                : authorities.Count == 0 ? (null, new($"{authority} 中没有证书（PEM）。", $"{authority} holds no certificate (PEM)."))
                : (new TlsFiles(own, authorities), null);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return (
                null,
                new(
                    $"TLS 证书文件（--tls-certificate、--tls-key、--tls-ca）无法使用：{e.Message}（PEM 的私钥可以另放一个文件；PFX 的口令放在环境变量 {PasswordVariable}）",
                    $"The files of --tls-certificate, --tls-key and --tls-ca can't be used: {e.Message} (the key of a PEM may be "
                        + $"in a file of its own; the password of a PFX is taken from {PasswordVariable})"
                )
            );
        }
    }

    /// <summary>Why a silo can't stand with this certificate; null when it can.</summary>
    public Words? WhyNoSilo() =>
        !IsBelieved(own)
            ? new(
                "本节点的证书不是由 --tls-ca 的机构签发，或已过期。",
                "The silo's own certificate is not issued by the authority of --tls-ca, or has expired."
            )
        : !MayServe(own)
            ? new(
                "本节点的证书不能用于服务端：须有扩展用途 serverAuth。",
                "The silo's own certificate may not serve: it needs the extended key usage serverAuth."
            )
        : null;

    /// <summary>For the gateway: whoever has a certificate of the authority.</summary>
    internal void ForClients(TlsOptions tls) => Set(tls, IsBelieved);

    /// <summary>For what silos say to each other, and for what clients believe: those who may serve.</summary>
    public void ForSilos(TlsOptions tls) => Set(tls, certificate => IsBelieved(certificate) && MayServe(certificate));

    private void Set(TlsOptions tls, Func<X509Certificate2, bool> believed)
    {
        tls.LocalCertificate = own;
        tls.LocalClientCertificateSelector = (_, _, _, _, _) => own;
        (tls.RemoteCertificateMode, tls.ClientCertificateMode) = (
            RemoteCertificateMode.RequireCertificate,
            RemoteCertificateMode.RequireCertificate
        );
        tls.RemoteCertificateValidation = (certificate, _, _) => believed(certificate);
        tls.HandshakeTimeout = Handshake;
        tls.CheckCertificateRevocation = false;

        // Silos are known by their authority, not by names that addresses would have to have.
        tls.OnAuthenticateAsClient = (_, options) => options.TargetHost = "townreform";
    }

    private bool IsBelieved(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }

    private static bool MayServe(X509Certificate2 certificate) =>
        certificate
            .Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .Any(use => use.EnhancedKeyUsages.Cast<Oid>().Any(oid => oid.Value == ServerUse));

    private static X509Certificate2 Load(string certificate, string? key, string? password)
    {
        if (X509Certificate2.GetCertContentType(certificate) == X509ContentType.Pfx)
        {
            return X509CertificateLoader.LoadPkcs12FromFile(certificate, password);
        }

        using var pem = X509Certificate2.CreateFromPemFile(certificate, key);

        // Once more as PKCS #12: the key of a PEM file can't be used for TLS on every system.
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
    }
}
