using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Portal.Sandbox.DigitalOcean;

namespace Portal.IntegrationTests.Connections.Probing;

/// <summary>
/// Plays the one thing that PgBouncer 1.21 and newer do and an older one does not: it gives each named statement of the protocol a name of its own, PGBOUNCER_n,
/// in every message of a client that names it. Everything else, the sign-in too, is what the PgBouncer behind it says.
/// </summary>
internal sealed class TrackingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate;
    private readonly X509Certificate2 _authority;
    private readonly string _host;
    private readonly int _port;
    private readonly Task _accepting;
    private readonly CancellationTokenSource _end = new();

    /// <param name="cluster">Whose authority signs the proxy's certificate, as it did that of the PgBouncer behind it.</param>
    /// <param name="host">Of the PgBouncer behind it.</param>
    /// <param name="port">Of the PgBouncer behind it.</param>
    public TrackingProxy(Cluster cluster, string host, int port)
    {
        var certificate = cluster.Authority.Issue([host]);
        _authority = X509Certificate2.CreateFromPem(cluster.Authority.Pem);
        using var pem = X509Certificate2.CreateFromPem(certificate.Certificate, certificate.Key);
        _certificate = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pfx), password: null);
        (_host, _port) = (host, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _certificate.Dispose();
        _authority.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> served = [];
        try
        {
            while (true)
            {
                served.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            await Task.WhenAll(served);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var behind = new TcpClient();
        try
        {
            using (client)
            {
                await behind.ConnectAsync(_host, _port, _end.Token);
                var request = new byte[8];
                await client.GetStream().ReadExactlyAsync(request, _end.Token);
                await behind.GetStream().WriteAsync(request, _end.Token);
                var answer = new byte[1];
                await behind.GetStream().ReadExactlyAsync(answer, _end.Token);
                await client.GetStream().WriteAsync(answer, _end.Token);

                await using var front = new SslStream(client.GetStream());
                await front.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _end.Token);
                await using var back = new SslStream(behind.GetStream());
                await back.AuthenticateAsClientAsync(Verified(), _end.Token);
                await Task.WhenAny(AnswersAsync(back, front), QuestionsAsync(front, back));
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One of the two has gone.
        }
    }

    private SslClientAuthenticationOptions Verified()
    {
        var chain = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        chain.CustomTrustStore.Add(_authority);
        return new SslClientAuthenticationOptions { TargetHost = _host, CertificateChainPolicy = chain };
    }

    private async Task AnswersAsync(Stream from, Stream to)
    {
        try
        {
            await from.CopyToAsync(to, _end.Token);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client has gone.
        }
    }

    private async Task QuestionsAsync(Stream from, Stream to)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        await to.WriteAsync(await ReadAsync(from, headLength: 4), _end.Token);
        while (true)
        {
            var message = await ReadAsync(from, headLength: 5);
            await to.WriteAsync(Renamed(message, names), _end.Token);
        }
    }

    /// <summary>One message with its head: a length, in all but the first one after a letter.</summary>
    private async Task<byte[]> ReadAsync(Stream from, int headLength)
    {
        var head = new byte[headLength];
        await from.ReadExactlyAsync(head, _end.Token);
        var message = new byte[headLength - 4 + BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(headLength - 4))];
        head.CopyTo(message, 0);
        await from.ReadExactlyAsync(message.AsMemory(headLength), _end.Token);
        return message;
    }

    /// <summary>Parse begins with the statement's name, Bind has it after the portal's, Describe and Close after the letter S.</summary>
    private static byte[] Renamed(byte[] message, Dictionary<string, string> names)
    {
        var at = (char)message[0] switch
        {
            'P' => 5,
            'B' => Array.IndexOf(message, (byte)0, 5) + 1,
            'D' or 'C' when message[5] == 'S' => 6,
            _ => -1,
        };
        if (at < 0)
        {
            return message;
        }

        var end = Array.IndexOf(message, (byte)0, at);
        var name = Encoding.UTF8.GetString(message, at, end - at);
        if (name.Length == 0)
        {
            return message;
        }

        names.TryAdd(name, $"PGBOUNCER_{names.Count + 1}");
        byte[] renamed = [.. message[..at], .. Encoding.UTF8.GetBytes(names[name]), .. message[end..]];
        BinaryPrimitives.WriteInt32BigEndian(renamed.AsSpan(1), renamed.Length - 1);
        return renamed;
    }
}
