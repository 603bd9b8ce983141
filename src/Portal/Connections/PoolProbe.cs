using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Npgsql;
using Portal.DigitalOcean;
using Portal.Inventory;

namespace Portal.Connections;

/// <summary>What came of connecting through a pool from where the portal runs.</summary>
/// <param name="Connected">Null when the portal cannot tell: it has no password, or is not where the pool can be reached from.</param>
internal sealed record ProbeResult(bool? Connected, string Words);

/// <summary>Connects through a pool as an application would, over TLS that verifies, and asks one question.</summary>
/// <remarks>The password lives in the call alone. Trouble that can be expected is a result; only a cancelled call throws.</remarks>
internal sealed class PoolProbe(DigitalOceanClient api, CertificateShelf certificates, TimeProvider clock, ILogger<PoolProbe> logger)
{
    /// <summary>For everything between the first packet and the answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<ProbeResult> TestAsync(Guid cluster, string pool, CancellationToken cancellationToken)
    {
        var result = await FetchAndTestAsync(cluster, pool, cancellationToken);
        logger.Probed(pool, cluster, result.Words);
        return result;
    }

    private async Task<ProbeResult> FetchAndTestAsync(Guid cluster, string pool, CancellationToken cancellationToken)
    {
        if (!(await api.GetPoolConnectionAsync(cluster, pool, cancellationToken)).TryGet(out var connection, out var failure))
        {
            return NotTested(FailureWords.Of(failure).Happened);
        }

        if (connection.Pool.User is not { } user)
        {
            return NotTested("the pool has no user of its own; each session brings its own");
        }

        if (connection.Password is not { } password)
        {
            return NotTested("the token may not read passwords");
        }

        if ((connection.Pool.Endpoints.Public ?? connection.Pool.Endpoints.Private) is not { } endpoint)
        {
            return NotTested("DigitalOcean named no address of the pool");
        }

        if (!(await certificates.GetAsync(cluster, cancellationToken)).TryGet(out var authority, out failure))
        {
            return NotTested($"the CA certificate could not be read. {FailureWords.Of(failure).Happened}");
        }

        return await ConnectAsync(endpoint, connection.Pool, user, password, authority, cancellationToken);
    }

    private async Task<ProbeResult> ConnectAsync(
        PoolEndpoint endpoint, Pool pool, string user, Secret password, CertificateAuthority authority, CancellationToken cancellationToken)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPem(authority.Pem);
        }
        catch (CryptographicException)
        {
            return NotTested("the CA certificate cannot be read");
        }

        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            var started = clock.GetTimestamp();
            var version = await AskAsync(Build(endpoint, pool, user, password, authorities), either.Token);
            var milliseconds = (long)clock.GetElapsedTime(started).TotalMilliseconds;
            return new ProbeResult(true, string.Create(
                CultureInfo.InvariantCulture, $"connected through the pool, TLS verified, PostgreSQL {version}, {milliseconds} ms"));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return NotReachable("no answer within 5 s");
        }
        catch (Exception exception) when (exception is NpgsqlException or SocketException or IOException or TimeoutException or AuthenticationException)
        {
            return Explain(exception, password);
        }
        finally
        {
            foreach (var certificate in authorities)
            {
                certificate.Dispose();
            }
        }
    }

    private static NpgsqlSlimDataSourceBuilder Build(
        PoolEndpoint endpoint, Pool pool, string user, Secret password, X509Certificate2Collection authorities)
    {
        // Slim, because it asks the server nothing but what it is told to: no list of types on opening.
        var builder = new NpgsqlSlimDataSourceBuilder
        {
            ConnectionStringBuilder =
            {
                Host = endpoint.Host,
                Port = endpoint.Port,
                Database = pool.Name,
                Username = user,
                Password = password.Reveal(),
                SslMode = SslMode.VerifyFull,
                Pooling = false,
                NoResetOnClose = true,
                Timeout = (int)Patience.TotalSeconds,
                CommandTimeout = (int)Patience.TotalSeconds,
                ApplicationName = "pool-portal",
            },
        };
        builder.EnableTransportSecurity();
        builder.UseRootCertificates(authorities);
        return builder;
    }

    private static async Task<Version> AskAsync(NpgsqlSlimDataSourceBuilder builder, CancellationToken cancellationToken)
    {
        await using var source = builder.Build();
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "select 1";
        await command.ExecuteScalarAsync(cancellationToken);
        return connection.PostgreSqlVersion;
    }

    private static ProbeResult Explain(Exception exception, Secret password)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case PostgresException refused:
                    return Refused(refused.MessageText, password);
                case AuthenticationException untrusted:
                    return Refused($"TLS cannot be verified. {untrusted.Message}", password);
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }:
                    return NotReachable("connection refused");
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain }:
                    return NotReachable("host not found");
                case TimeoutException or SocketException { SocketErrorCode: SocketError.TimedOut }:
                    return NotReachable("no answer within 5 s");
                case SocketException or IOException:
                    return NotReachable("the connection broke off");
            }
        }

        return Refused(exception.Message, password);
    }

    // What a server says is not ours: should it ever quote the password, nobody reads it.
    private static ProbeResult Refused(string words, Secret password) => new(
        false,
        words.Contains(password.Reveal(), StringComparison.Ordinal) ? "refused" : $"refused: {words.TrimEnd('.')}");

    private static ProbeResult NotReachable(string why) => new(null, $"not reachable from the portal: {why}");

    private static ProbeResult NotTested(string why) => new(null, $"not tested: {why.TrimEnd('.')}");
}
