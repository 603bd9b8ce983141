using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Portal.Connections.Probing;

/// <summary>Whether somebody answers at an endpoint: the name is resolved, and a TCP connection is made and closed.</summary>
internal static class Reach
{
    /// <param name="patience">For the name and the connection together.</param>
    public static async Task<Reached> TryAsync(ProbeWay way, TimeSpan patience, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var started = clock.GetTimestamp();
            var addresses = await Dns.GetHostAddressesAsync(way.Endpoint.Host, either.Token);
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(addresses, way.Endpoint.Port, either.Token);
            var milliseconds = (long)clock.GetElapsedTime(started).TotalMilliseconds;
            return new Reached(way, null, string.Create(
                CultureInfo.InvariantCulture,
                $"{way.Endpoint.Host}:{way.Endpoint.Port} ({Address(socket)}) answers over {way.NetworkWord}, after {milliseconds} ms."));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Reached(way, ReachFailure.Silence, string.Create(CultureInfo.InvariantCulture, $"no answer within {patience.TotalSeconds} s"));
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode switch
            {
                SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => new Reached(way, ReachFailure.UnknownHost, "host not found"),
                SocketError.ConnectionRefused => new Reached(way, ReachFailure.Refused, "connection refused"),
                SocketError.TimedOut => new Reached(way, ReachFailure.Silence, "no answer"),
                var code => new Reached(way, ReachFailure.NoWay, $"no way there ({code})"),
            };
        }
    }

    private static string Address(Socket socket) => socket.RemoteEndPoint is IPEndPoint { Address: var address }
        ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString()
        : "?";
}

internal enum ReachFailure
{
    UnknownHost,

    /// <summary>The machine is there and says that nobody listens.</summary>
    Refused,

    Silence,

    NoWay,
}

/// <param name="Words">A sentence when it was reached, a part of one when not.</param>
internal sealed record Reached(ProbeWay Way, ReachFailure? Failure, string Words)
{
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool IsThere => Failure is null;

    /// <summary>
    /// Whether the failure is the pool's and not the portal's place. DigitalOcean's trusted sources let packets vanish and never refuse, so who is refused
    /// at a public address has come to the cluster; a private address may be another machine in the portal's own network.
    /// </summary>
    public bool IsPoolsFault => Failure is ReachFailure.Refused && Way.Network is Network.Public;
}
