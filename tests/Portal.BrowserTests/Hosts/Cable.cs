using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Portal.BrowserTests;

/// <summary>A port that leads to the portal, byte by byte, until it is cut.</summary>
internal sealed class Cable(int port, int target) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<TcpClient, bool> _ends = new();
    private TcpListener? _listener;
    private Task _accepting = Task.CompletedTask;

    public string Address => $"http://localhost:{port}";

    /// <summary>Connects, also again after a cut.</summary>
    public Cable Plug()
    {
        _listener = new TcpListener(IPAddress.IPv6Any, port) { Server = { DualMode = true } };
        _listener.Start();
        _accepting = AcceptAsync(_listener);
        return this;
    }

    /// <summary>Ends every connection, and refuses new ones.</summary>
    public async Task CutAsync()
    {
        _listener?.Stop();
        await _accepting;
        foreach (var end in _ends.Keys)
        {
            // A reset, as from a machine that is gone. One that has ended by itself meanwhile has no socket any more.
            end.Client?.Close(timeout: 0);
        }

        _ends.Clear();
    }

    public async ValueTask DisposeAsync() => await CutAsync();

    private async Task AcceptAsync(TcpListener listener)
    {
        while (true)
        {
            TcpClient near;
            try
            {
                near = await listener.AcceptTcpClientAsync();
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }

            _ = CarryAsync(near);
        }
    }

    private async Task CarryAsync(TcpClient near)
    {
        var far = new TcpClient();
        _ends[near] = true;
        _ends[far] = true;
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, target);
            await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream()), far.GetStream().CopyToAsync(near.GetStream()));
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // One of the ends is gone, which ends the other.
        }
        finally
        {
            _ends.TryRemove(near, out _);
            _ends.TryRemove(far, out _);
            near.Dispose();
            far.Dispose();
        }
    }
}
