using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Portal.Sandbox.Clusters;

/// <summary>Ports that nobody listens on, below those that a system gives to outgoing connections, so that none takes them meanwhile.</summary>
internal static class FreePorts
{
    private const int First = 20000;
    private const int Count = 10000;
    private static readonly Lock Lock = new();
    private static readonly HashSet<int> Given = [];

    public static int Next()
    {
        lock (Lock)
        {
            for (var attempt = 0; attempt < Count; attempt++)
            {
                var port = First + RandomNumberGenerator.GetInt32(Count);
                if (!Given.Contains(port) && IsFree(IPAddress.Loopback, port) && (!HasLoopback6 || IsFree(IPAddress.IPv6Loopback, port)))
                {
                    Given.Add(port);
                    return port;
                }
            }
        }

        throw new InvalidOperationException($"No port between {First} and {First + Count - 1} is free.");
    }

    /// <summary>Whether this machine has [::1].</summary>
    public static bool HasLoopback6 { get; } = Socket.OSSupportsIPv6 && IsFree(IPAddress.IPv6Loopback, 0);

    private static bool IsFree(IPAddress address, int port)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
