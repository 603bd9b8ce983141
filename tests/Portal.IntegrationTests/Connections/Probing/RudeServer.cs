using System.Net;
using System.Net.Sockets;

namespace Portal.IntegrationTests.Connections.Probing;

/// <summary>Takes each connection and closes it again.</summary>
internal sealed class RudeServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _closing;

    public RudeServer()
    {
        _listener.Start();
        _closing = CloseAllAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _closing;
    }

    private async Task CloseAllAsync()
    {
        try
        {
            while (true)
            {
                (await _listener.AcceptSocketAsync()).Dispose();
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
