using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Portal.Connections.Probing;

/// <summary>What PgBouncer itself says of a pool.</summary>
/// <param name="AtWork">Clients that have a server connection.</param>
/// <param name="Waiting">Clients that wait for one.</param>
/// <param name="LongestWait">Of the client that waits longest.</param>
internal sealed record PoolerView(int AtWork, int Waiting, TimeSpan LongestWait, string Mode);

/// <summary><c>SHOW POOLS</c> of PgBouncer's console, for clusters that let an ordinary user ask. Most do not, and then there is nothing to be said.</summary>
/// <remarks>The console answers to the simple query protocol only, which Npgsql does not use for what it is asked.</remarks>
/// <seealso href="https://www.pgbouncer.org/usage.html#show-pools"/>
internal static class PoolerConsole
{
    private const string ConsoleDatabase = "pgbouncer";

    /// <returns>Null when the cluster does not allow it, or when it cannot be understood.</returns>
    public static async Task<PoolerView?> LookAsync(
        ProbeTarget target, ProbeWay way, X509Certificate2Collection authorities, TimeSpan patience, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(way.Endpoint.Host, way.Endpoint.Port, either.Token);
            var stream = socket.GetStream();
            if (!await WireMessages.AskForTlsAsync(stream, either.Token))
            {
                return null;
            }

            await using var tls = new SslStream(stream);
            await tls.AuthenticateAsClientAsync(TlsOptions(way.Endpoint.Host, authorities), either.Token);
            await WireMessages.StartAsync(tls, target.User, ConsoleDatabase, either.Token);
            return await SignInAsync(tls, target, either.Token)
                ? Read(await QueryAsync(tls, "SHOW POOLS", either.Token), target.Pool.Name)
                : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception exception) when (exception is SocketException or IOException or AuthenticationException or InvalidDataException)
        {
            return null;
        }
    }

    private static SslClientAuthenticationOptions TlsOptions(string host, X509Certificate2Collection authorities)
    {
        var chain = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        chain.CustomTrustStore.AddRange(authorities);
        return new SslClientAuthenticationOptions { TargetHost = host, CertificateChainPolicy = chain };
    }

    private static async Task<bool> SignInAsync(Stream stream, ProbeTarget target, CancellationToken cancellationToken)
    {
        var scram = new Scram(target.Password);
        while (true)
        {
            var (type, content) = await WireMessages.ReadAsync(stream, cancellationToken);
            switch ((type, type is 'R' ? WireMessages.Number(content, 0) : 0))
            {
                case ('Z', _):
                    return true;
                case ('E', _):
                    return false;
                case ('R', WireMessages.Sasl):
                    await WireMessages.SendSaslAsync(stream, Scram.Mechanism, scram.First, cancellationToken);
                    break;
                case ('R', WireMessages.SaslContinue) when scram.Answer(Encoding.UTF8.GetString(content.AsSpan(4))) is { } answer:
                    await WireMessages.SendSaslAsync(stream, mechanism: null, answer, cancellationToken);
                    break;
                case ('R', WireMessages.SaslFinal) when scram.Proves(Encoding.UTF8.GetString(content.AsSpan(4))):
                case ('R', WireMessages.SignedIn):
                    break;
                case ('R', _):
                    // Another way to sign in. Only the console is lost by it.
                    return false;
                default:
                    break;
            }
        }
    }

    private static async Task<List<List<string>>?> QueryAsync(Stream stream, string command, CancellationToken cancellationToken)
    {
        await WireMessages.SendAsync(stream, 'Q', Encoding.UTF8.GetBytes($"{command}\0"), cancellationToken);
        List<List<string>> rows = [];
        while (true)
        {
            var (type, content) = await WireMessages.ReadAsync(stream, cancellationToken);
            switch (type)
            {
                case 'T':
                    rows.Add(WireMessages.Columns(content));
                    break;
                case 'D':
                    rows.Add(WireMessages.Row(content));
                    break;
                case 'E':
                    return null;
                case 'Z':
                    await WireMessages.SendAsync(stream, 'X', ReadOnlyMemory<byte>.Empty, cancellationToken);
                    return rows;
                default:
                    break;
            }
        }
    }

    /// <summary>The pool's rows together: an inbound-user pool has one for each user. A column that an older or newer PgBouncer does not have is no answer.</summary>
    private static PoolerView? Read(List<List<string>>? rows, string pool)
    {
        if (rows is not [var names, ..])
        {
            return null;
        }

        var ours = rows.Skip(1).Select(row => names.Zip(row).ToDictionary(cell => cell.First, cell => cell.Second, StringComparer.Ordinal))
            .Where(row => row.GetValueOrDefault("database") == pool)
            .ToList();
        int? Sum(string column) => ours.All(row => IsNumber(row, column)) ? ours.Sum(row => Number(row, column)) : null;
        return Sum("cl_active") is { } active && Sum("cl_waiting") is { } waiting && Sum("maxwait") is not null && ours.Count > 0
            ? new PoolerView(
                active,
                waiting,
                ours.Max(row => TimeSpan.FromSeconds(Number(row, "maxwait")) + TimeSpan.FromMicroseconds(Number(row, "maxwait_us"))),
                ours[0].GetValueOrDefault("pool_mode", ""))
            : null;
    }

    private static bool IsNumber(Dictionary<string, string> row, string column) =>
        int.TryParse(row.GetValueOrDefault(column), NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static int Number(Dictionary<string, string> row, string column) =>
        int.TryParse(row.GetValueOrDefault(column), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
