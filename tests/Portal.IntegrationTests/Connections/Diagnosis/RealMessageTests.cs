using System.Net;
using System.Net.Sockets;
using Npgsql;
using Portal.Connections.Diagnosis;
using Portal.DigitalOcean;
using Portal.IntegrationTests.Sandbox;
using Portal.Sandbox;

namespace Portal.IntegrationTests.Connections.Diagnosis;

/// <summary>Npgsql and psql against a real PgBouncer and PostgreSQL: what they really say is known by its cause, first.</summary>
public sealed class RealMessageTests(LiveWorld world) : IClassFixture<LiveWorld>, IAsyncLifetime
{
    private static readonly PoolFields Checkout = new(PoolMode.Transaction, 1, "checkout", "checkout");

    private RealClient _client = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(world.Sandbox.WhyNotLive is not null, world.Sandbox.WhyNotLive ?? "");
        _client = await RealClient.StartAsync(world);
    }

    public async ValueTask DisposeAsync()
    {
        await world.RemovePoolsAsync();
        _client?.Dispose();
    }

    [Fact]
    public async Task The_database_in_the_place_of_the_pool()
    {
        await PoolAsync(Checkout);

        foreach (var message in await _client.EverywhereAsync(_client.Settings("checkout")))
        {
            await FirstAsync(message, "checkout is a database, not a pool");
        }
    }

    [Fact]
    public async Task A_pool_that_is_not_there()
    {
        foreach (var message in await _client.EverywhereAsync(_client.Settings("no-such-pool")))
        {
            await FirstAsync(message, "There is no pool no-such-pool");
        }
    }

    [Fact]
    public async Task The_pool_on_the_direct_port()
    {
        var pool = await PoolAsync(Checkout);
        var settings = _client.Settings(pool);
        settings.Port = _client.DirectPort;

        foreach (var message in await _client.EverywhereAsync(settings))
        {
            await FirstAsync(message, $"{pool} is a pool, and 25060 is not the pool's port");
        }
    }

    [Fact]
    public async Task A_database_that_is_not_there()
    {
        var settings = _client.Settings("nowhere");
        settings.Port = _client.DirectPort;

        await FirstAsync(await RealClient.NpgsqlAsync(settings), "PostgreSQL has no database nowhere");
    }

    [Fact]
    public async Task Prepared_statements_of_two_clients()
    {
        var settings = _client.Settings(await PoolAsync(Checkout));
        await _client.ConsoleAsync("SET max_prepared_statements = 0");

        var message = await RealClient.FailureAsync(async () =>
        {
            for (var client = 0; client < 2; client++)
            {
                await using var connection = new NpgsqlConnection(settings.ConnectionString);
                await connection.OpenAsync(Token);
                await using var command = new NpgsqlCommand("SELECT 1", connection);
                await command.PrepareAsync(Token);
                await command.ExecuteScalarAsync(Token);
            }
        });

        await FirstAsync(message, "The driver prepares statements, and the pool does not keep track of them");
    }

    [Fact]
    public async Task A_prepared_statement_that_stayed_behind()
    {
        var settings = _client.Settings(await PoolAsync(Checkout));

        foreach (var message in await _client.EverywhereAsync(settings, "EXECUTE left_behind"))
        {
            await FirstAsync(message, "The driver uses a statement that was prepared on another server connection");
        }
    }

    [Fact]
    public async Task A_cursor_that_stayed_behind()
    {
        var settings = _client.Settings(await PoolAsync(Checkout));

        await FirstAsync(await RealClient.NpgsqlAsync(settings, "FETCH 1 FROM left_behind"), "A cursor was read after its transaction, on another server connection");
    }

    [Fact]
    public async Task A_search_path_in_the_string()
    {
        var settings = _client.Settings(await PoolAsync(Checkout));
        settings.SearchPath = "public";

        await FirstAsync(await RealClient.NpgsqlAsync(settings), "A pool does not take search_path when a client connects");
    }

    [Fact]
    public async Task Options_in_the_string()
    {
        var settings = _client.Settings(await PoolAsync(Checkout));

        var message = await _client.PsqlAsync(settings, "SELECT 1", "options='-c statement_timeout=5s'");

        (await TitlesAsync(message))[0].ShouldMatch("^A pool does not take (?:options|statement_timeout) when a client connects$");
    }

    [Fact]
    public async Task A_client_that_waited_too_long()
    {
        var settings = _client.Settings(await PoolAsync(Checkout with { Mode = PoolMode.Session }));
        // Afterwards: a new pool makes PgBouncer read its settings again.
        await _client.ConsoleAsync("SET query_wait_timeout = 1");
        await using var holder = new NpgsqlConnection(settings.ConnectionString);
        await holder.OpenAsync(Token);
        await using var hold = new NpgsqlCommand("SELECT 1", holder);
        await hold.ExecuteScalarAsync(Token);

        var message = await RealClient.NpgsqlAsync(settings);

        await _client.ConsoleAsync("SET query_wait_timeout = 120");
        await FirstAsync(message, "The client waited too long for a free server connection of the pool");
    }

    [Fact]
    public async Task More_clients_than_PgBouncer_takes()
    {
        var settings = _client.Settings(await PoolAsync(Checkout));
        await _client.ConsoleAsync("SET max_client_conn = 1");
        await using var holder = new NpgsqlConnection(settings.ConnectionString);
        string message;
        try
        {
            message = await RealClient.FailureAsync(async () =>
            {
                await holder.OpenAsync(Token);
                await using var second = new NpgsqlConnection(settings.ConnectionString);
                await second.OpenAsync(Token);
            });
        }
        finally
        {
            await _client.ConsoleAsync("SET max_client_conn = 1000");
        }

        await FirstAsync(message, "PgBouncer takes no more clients");
    }

    [Fact]
    public async Task A_transaction_in_statement_mode()
    {
        var settings = _client.Settings(await PoolAsync(Checkout with { Mode = PoolMode.Statement }));

        foreach (var message in await _client.EverywhereAsync(settings, "BEGIN"))
        {
            await FirstAsync(message, "The pool is in statement mode, which refuses transactions");
        }
    }

    [Fact]
    public async Task A_password_that_is_not_the_users()
    {
        var settings = _client.Settings(await PoolAsync(Checkout));
        settings.Password = "not-the-password";

        foreach (var message in await _client.EverywhereAsync(settings))
        {
            await FirstAsync(message, "User and password do not belong together");
        }
    }

    [Fact]
    public async Task A_table_in_schema_public_of_somebody_else()
    {
        await using var direct = await _client.NewDatabaseAsync("locked");
        await direct.QueryAsync("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
        var settings = _client.Settings(await PoolAsync(Checkout with { Database = "locked" }));

        foreach (var message in await _client.EverywhereAsync(settings, "CREATE TABLE not_allowed (id int)"))
        {
            await FirstAsync(message, "The database user may not use, or make anything in, the schema public");
        }
    }

    [Fact]
    public async Task A_query_that_takes_longer_than_the_driver_waits()
    {
        var settings = _client.Settings(await PoolAsync(Checkout));
        settings.CommandTimeout = 1;

        await FirstAsync(await RealClient.NpgsqlAsync(settings, "SELECT pg_sleep(20)"), "The connection was there, and the query was not answered in time");
    }

    [Fact]
    public async Task A_server_that_another_authority_signed()
    {
        var settings = _client.Settings(await PoolAsync(Checkout));
        settings.SslMode = SslMode.VerifyFull;
        settings.RootCertificate = await _client.CertificateAsync(SandboxClusters.PaymentsStaging);

        foreach (var message in await _client.EverywhereAsync(settings))
        {
            await FirstAsync(message, "The driver does not know the CA that signed the server's certificate");
        }
    }

    [Fact]
    public async Task A_root_certificate_that_is_not_there()
    {
        var settings = _client.Settings(await PoolAsync(Checkout));
        settings.SslMode = SslMode.VerifyFull;
        settings.RootCertificate = Path.Combine(_client.Folder, "nowhere", "ca-certificate.crt");

        foreach (var message in await _client.EverywhereAsync(settings))
        {
            await FirstAsync(message, "The CA file is not where the driver looks for it");
        }
    }

    [Fact]
    public async Task A_host_that_the_certificate_is_not_for()
    {
        var settings = _client.Settings(await PoolAsync(Checkout));
        settings.SslMode = SslMode.VerifyFull;
        settings.RootCertificate = await _client.CertificateAsync(SandboxClusters.OrdersProd);
        settings.Host = "somewhere.example";

        await FirstAsync(await _client.PsqlAsync(settings, "SELECT 1", "hostaddr=127.0.0.1"), "The certificate is for another host name");
    }

    [Fact]
    public async Task A_connection_without_encryption()
    {
        var settings = _client.Settings(await PoolAsync(Checkout));
        settings.SslMode = SslMode.Disable;

        await FirstAsync(await RealClient.NpgsqlAsync(settings), "The connection is not encrypted, and the cluster takes no other");
    }

    [Fact]
    public async Task A_port_that_nobody_listens_on()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var settings = _client.Settings("any");
        settings.Host = "127.0.0.1";
        settings.Port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();

        foreach (var message in await _client.EverywhereAsync(settings))
        {
            await FirstAsync(message, "Nothing listens on that port");
        }
    }

    [Fact]
    public async Task A_host_that_does_not_answer()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var settings = _client.Settings("any");
        settings.Host = "127.0.0.1";
        settings.Port = ((IPEndPoint)silent.LocalEndpoint).Port;
        settings.Timeout = 1;

        await FirstAsync(await RealClient.NpgsqlAsync(settings), "Nobody answered: mostly the cluster's trusted sources");
    }

    [Fact]
    public async Task A_host_that_is_not_known()
    {
        var settings = _client.Settings("any");
        settings.Host = "nowhere.invalid";

        foreach (var message in await _client.EverywhereAsync(settings))
        {
            await FirstAsync(message, "The host name is not known where the app runs");
        }
    }

    [Fact]
    public async Task A_connection_that_the_server_ends()
    {
        var settings = _client.Settings(await PoolAsync(Checkout));

        foreach (var message in await _client.EverywhereAsync(settings, "SELECT pg_terminate_backend(pg_backend_pid())"))
        {
            await FirstAsync(message, "The connection was ended from the other side");
        }
    }

    [Fact]
    public async Task A_write_that_a_standby_would_refuse()
    {
        var settings = _client.Settings(await PoolAsync(Checkout));

        await FirstAsync(
            await RealClient.NpgsqlAsync(settings, "BEGIN READ ONLY; CREATE TABLE nothing (id int)"),
            "This connection leads to a standby or a read replica, which takes no writes");
    }

    [Fact]
    public async Task A_uri_given_to_Npgsql() =>
        await FirstAsync(
            await RealClient.FailureAsync(() => Task.FromResult(new NpgsqlConnection("postgresql://app:x@h:25061/p"))),
            "Npgsql was given something that is not a .NET connection string");

    [Fact]
    public async Task A_password_that_was_not_escaped()
    {
        var settings = _client.Settings("any");

        var message = await _client.RunPsqlAsync($"postgresql://app:s3cr3t/x@{settings.Host}:{settings.Port}/any");

        await FirstAsync(message, "The password in the address is not escaped");
    }

    private async Task<string> PoolAsync(PoolFields fields)
    {
        var pool = await world.UnmanagedPoolAsync(fields);
        await world.Portal.ReadAsync(SandboxClusters.OrdersProd);
        return pool;
    }

    private async Task FirstAsync(string message, string title)
    {
        var titles = await TitlesAsync(message);
        titles.ShouldNotBeEmpty(message);
        titles[0].ShouldBe(title, message);
    }

    private async Task<IReadOnlyList<string>> TitlesAsync(string message) =>
        [.. (await world.Portal.Of<Diagnoser>().DiagnoseAsync(message, null, null, Token)).Findings.Select(finding => finding.Title)];
}
