using System.Net;
using System.Net.Sockets;

namespace TownReform.Client.Demo;

/// <summary>Ports of a demo world: the usual ones where they are free, else the next that are.</summary>
internal static class DemoPorts
{
    public const int Http = 5080,
        Silo = 11111,
        Gateway = 30000;

    private const int Tried = 200;

    /// <summary>The first port from this one on that can be listened on.</summary>
    /// <returns>Null when none of the next can be.</returns>
    public static int? FreeFrom(int first) =>
        Enumerable.Range(first, Math.Min(Tried, IPEndPoint.MaxPort - first + 1)).Cast<int?>().FirstOrDefault(port => IsFree(port!.Value));

    private static bool IsFree(int port)
    {
        using var probe = new TcpListener(IPAddress.Loopback, port);
        try
        {
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
