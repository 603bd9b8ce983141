using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Npgsql;
using Portal.DigitalOcean;

namespace Portal.Connections.Probing;

/// <summary>Goes in as an application would: over TLS that verifies, with the driver that applications use.</summary>
internal sealed class PoolLogin : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly X509Certificate2Collection _authorities = [];
    private readonly Secret _password;

    /// <param name="patience">For opening a connection, and for each command on it.</param>
    /// <exception cref="CryptographicException">The CA certificate cannot be read.</exception>
    public PoolLogin(ProbeTarget target, ProbeWay way, TimeSpan patience)
        : this(target, way.Endpoint.Host, way.Endpoint.Port, target.Pool.Name, patience)
    {
    }

    /// <summary>The same user past the pool, into the database itself.</summary>
    public PoolLogin(ProbeTarget target, DirectEndpoint direct, TimeSpan patience)
        : this(target, direct.Host, direct.Port, target.Pool.Database, patience)
    {
    }

    private PoolLogin(ProbeTarget target, string host, int port, string database, TimeSpan patience)
    {
        _password = target.Password;
        _authorities.ImportFromPem(target.Authority.Pem);

        // Slim and without types, because it asks the server nothing but what it is told to: opening does not wait for a server connection.
        var builder = new NpgsqlSlimDataSourceBuilder
        {
            ConnectionStringBuilder =
            {
                Host = host,
                Port = port,
                Database = database,
                Username = target.User,
                Password = _password.Reveal(),
                SslMode = SslMode.VerifyFull,
                Pooling = false,
                NoResetOnClose = true,
                Timeout = (int)patience.TotalSeconds,
                CommandTimeout = (int)patience.TotalSeconds,
                // Who waits for a server connection is dropped by closing; there is nothing to be cancelled.
                CancellationTimeout = -1,
                ApplicationName = "pool-portal",
            },
        };
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        builder.EnableTransportSecurity();
        builder.UseRootCertificates(_authorities);
        _source = builder.Build();
    }

    public X509Certificate2Collection Authorities => _authorities;

    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) => await _source.OpenConnectionAsync(cancellationToken);

    /// <summary>What a server says is not ours: should it ever quote the password, nobody reads it.</summary>
    public string Clean(string words) => words.Contains(_password.Reveal(), StringComparison.Ordinal) ? "the server's words are not shown" : words.TrimEnd('.');

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        foreach (var certificate in _authorities)
        {
            certificate.Dispose();
        }
    }
}
