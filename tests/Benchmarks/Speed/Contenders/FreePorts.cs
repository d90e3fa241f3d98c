using System.Net;
using System.Net.Sockets;

namespace TownReform.Benchmarks.Speed.Contenders;

/// <summary>Ports of this machine that nobody listens on.</summary>
internal static class FreePorts
{
    public static (int Silo, int Gateway) Two()
    {
        using var one = new TcpListener(IPAddress.Loopback, 0);
        using var other = new TcpListener(IPAddress.Loopback, 0);
        one.Start();
        other.Start();
        return (((IPEndPoint)one.LocalEndpoint).Port, ((IPEndPoint)other.LocalEndpoint).Port);
    }
}
