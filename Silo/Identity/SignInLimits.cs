using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace TownReform.Silo.Identity;

/// <summary>
/// Failures to sign in from one address: ten in ten minutes. Sign-ins that hold don't count, since a whole office may share an address;
/// what one account is open to is bounded by its own lock.
/// </summary>
internal sealed class SignInLimits : IDisposable
{
    public const int MostFailures = 10;

    public static readonly TimeSpan Within = TimeSpan.FromMinutes(10);

    private readonly PartitionedRateLimiter<string> failures = PartitionedRateLimiter.Create<string, string>(static address =>
        RateLimitPartition.GetFixedWindowLimiter(
            address,
            static _ => new FixedWindowRateLimiterOptions { PermitLimit = MostFailures, Window = Within }
        )
    );

    /// <summary>Whether nobody at an address may try just now.</summary>
    public bool IsFull(string address)
    {
        using var none = failures.AttemptAcquire(address, permitCount: 0);
        return !none.IsAcquired;
    }

    public void Failed(string address) => failures.AttemptAcquire(address).Dispose();

    /// <summary>Where a request comes from; of an IPv6 address the part that one customer has.</summary>
    public static string AddressOf(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        var bytes = address.GetAddressBytes();
        if (bytes.Length == 16 && !IPAddress.IsLoopback(address))
        {
            Array.Clear(bytes, 8, 8);
            return $"{new IPAddress(bytes)}/64";
        }

        return address.ToString();
    }

    public void Dispose() => failures.Dispose();
}
