using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Npgsql;
using Portal.Sandbox;
using Portal.Sandbox.DigitalOcean;

namespace Portal.IntegrationTests.Sandbox;

/// <summary>Through the API and then, as an application would, through PgBouncer. Without PostgreSQL and PgBouncer these fail.</summary>
public sealed class LivePoolTests : IAsyncLifetime
{
    private static readonly Guid Orders = SandboxClusters.OrdersProd;
    private readonly SandboxHost _host;
    private readonly SandboxApi _api;
    private readonly string _authority = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public LivePoolTests(SandboxFixture sandbox)
    {
        _host = sandbox.Host;
        _host.WhyNotLive.ShouldBeNull();
        _api = new SandboxApi(_host);
    }

    public async ValueTask InitializeAsync()
    {
        var certificate = (await _api.GetAsync($"/v2/databases/{Orders}/ca")).Json.GetProperty("ca").GetProperty("certificate").GetBytesFromBase64();
        await File.WriteAllBytesAsync(_authority, certificate, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var pool in (await _api.GetAsync(SandboxApi.Pools(Orders))).Json.GetProperty("pools").EnumerateArray())
        {
            var name = pool.GetProperty("name").GetString()!;
            if (name.StartsWith("live-", StringComparison.Ordinal))
            {
                await _api.DeleteAsync(SandboxApi.Pool(Orders, name));
            }
        }

        _api.Dispose();
        File.Delete(_authority);
    }

    [Theory]
    [InlineData("transaction")]
    [InlineData("session")]
    [InlineData("statement")]
    public async Task A_pool_made_through_the_api_takes_a_connection_over_verified_tls_in_the_mode_asked_for(string mode)
    {
        var pool = (await _api.AddPoolAsync(Orders, $"live-{mode}", mode, 3, "checkout", "checkout")).Json.GetProperty("pool");

        (await QueryAsync(Connect(pool), "SELECT current_user || ' in ' || current_database()")).ShouldBe("checkout in checkout");
        var row = await RowAsync("SHOW DATABASES", $"live-{mode}");
        row["pool_mode"].ShouldBe(mode);
        row["pool_size"].ShouldBe("3");
        row["force_user"].ShouldBe("checkout");
    }

    [Fact]
    public async Task Transaction_mode_shares_a_server_connection_and_session_mode_does_not()
    {
        async Task<bool> SharesAsync(string mode)
        {
            var pool = (await _api.AddPoolAsync(Orders, $"live-share-{mode}", mode, 1, "orders", "app")).Json.GetProperty("pool");
            await using var first = await Connect(pool).OpenAsync();
            await first.QueryAsync("SELECT 1");
            var row = await RowAsync("SHOW POOLS", $"live-share-{mode}");
            return row["sv_active"] == "0";
        }

        (await SharesAsync("transaction")).ShouldBeTrue();
        (await SharesAsync("session")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_change_is_there_for_the_next_connection()
    {
        var pool = (await _api.AddPoolAsync(Orders, "live-change", "transaction", 2, "checkout", "checkout")).Json.GetProperty("pool");
        (await QueryAsync(Connect(pool), "SELECT current_database()")).ShouldBe("checkout");

        (await _api.PutAsync(SandboxApi.Pool(Orders, "live-change"), new { mode = "session", size = 4, db = "orders", user = "orders_app" })).Status.ShouldBe(HttpStatusCode.NoContent);

        var changed = (await _api.GetAsync(SandboxApi.Pool(Orders, "live-change"))).Json.GetProperty("pool");
        (await QueryAsync(Connect(changed), "SELECT current_user || ' in ' || current_database()")).ShouldBe("orders_app in orders");
        var row = await RowAsync("SHOW DATABASES", "live-change");
        row["pool_mode"].ShouldBe("session");
        row["pool_size"].ShouldBe("4");
    }

    [Fact]
    public async Task A_deleted_pool_refuses_the_next_connection()
    {
        var pool = (await _api.AddPoolAsync(Orders, "live-delete", user: "app")).Json.GetProperty("pool");
        await QueryAsync(Connect(pool), "SELECT 1");

        (await _api.DeleteAsync(SandboxApi.Pool(Orders, "live-delete"))).Status.ShouldBe(HttpStatusCode.NoContent);

        var refusal = await Should.ThrowAsync<PostgresException>(() => QueryAsync(Connect(pool), "SELECT 1"));
        refusal.MessageText.ShouldContain("no such database");
    }

    [Fact]
    public async Task An_inbound_user_pool_connects_as_whoever_comes_in()
    {
        var pool = (await _api.PostAsync(SandboxApi.Pools(Orders), new { name = "live-inbound", mode = "session", size = 2, db = "orders" })).Json.GetProperty("pool");
        var password = await PasswordAsync("reporting");

        (await QueryAsync(Connect(pool, "reporting", password), "SELECT current_user")).ShouldBe("reporting");
        await Should.ThrowAsync<PostgresException>(() => QueryAsync(Connect(pool, "reporting", "wrong"), "SELECT 1"));
    }

    [Fact]
    public async Task A_connection_without_tls_is_refused()
    {
        var pool = (await _api.AddPoolAsync(Orders, "live-plain", user: "app")).Json.GetProperty("pool");
        var settings = Connect(pool);
        settings.SslMode = SslMode.Disable;

        await Should.ThrowAsync<NpgsqlException>(() => QueryAsync(settings, "SELECT 1"));
    }

    [Fact]
    public async Task The_certificate_of_another_cluster_does_not_verify()
    {
        var other = (await _api.GetAsync($"/v2/databases/{SandboxClusters.PaymentsStaging}/ca")).Json.GetProperty("ca").GetProperty("certificate").GetBytesFromBase64();
        await File.WriteAllBytesAsync(_authority, other, TestContext.Current.CancellationToken);
        var pool = (await _api.AddPoolAsync(Orders, "live-other-ca", user: "app")).Json.GetProperty("pool");

        await Should.ThrowAsync<NpgsqlException>(() => QueryAsync(Connect(pool), "SELECT 1"));
    }

    [Fact]
    public async Task A_direct_connection_works_and_a_new_user_can_use_a_new_database()
    {
        var root = $"/v2/databases/{Orders}";
        (await _api.PostAsync($"{root}/dbs", new { name = "live_invoices" })).Status.ShouldBe(HttpStatusCode.Created);
        var user = (await _api.PostAsync($"{root}/users", new { name = "live_invoicer" })).Json.GetProperty("user");
        var connection = (await _api.GetAsync(root)).Json.GetProperty("database").GetProperty("connection");

        var direct = Settings(connection, "live_invoicer", user.GetProperty("password").GetString()!);
        direct.Database = "live_invoices";
        await QueryAsync(direct, "CREATE TABLE one (id int)");

        var pool = (await _api.AddPoolAsync(Orders, "live-invoices", db: "live_invoices", user: "live_invoicer")).Json.GetProperty("pool");
        (await QueryAsync(Connect(pool), "SELECT count(*)::text FROM one")).ShouldBe("0");
    }

    [Fact]
    public async Task After_a_reset_the_new_password_opens_the_pool_and_the_old_one_does_not()
    {
        await _api.PostAsync($"/v2/databases/{Orders}/users", new { name = "live_reset" });
        var before = (await _api.AddPoolAsync(Orders, "live-reset", user: "live_reset")).Json.GetProperty("pool");
        await QueryAsync(Connect(before), "SELECT 1");

        (await _api.SendAsync(HttpMethod.Post, $"/v2/databases/{Orders}/users/live_reset/reset_auth", "{}")).Status.ShouldBe(HttpStatusCode.OK);

        var after = (await _api.GetAsync(SandboxApi.Pool(Orders, "live-reset"))).Json.GetProperty("pool");
        await Should.ThrowAsync<PostgresException>(() => QueryAsync(Connect(before), "SELECT 1"));
        (await QueryAsync(Connect(after), "SELECT current_user")).ShouldBe("live_reset");
    }

    [Fact]
    public async Task The_public_connection_of_a_cluster_with_a_private_network_works_and_the_private_one_leads_nowhere()
    {
        var certificate = (await _api.GetAsync($"/v2/databases/{SandboxClusters.PaymentsStaging}/ca")).Json.GetProperty("ca").GetProperty("certificate").GetBytesFromBase64();
        await File.WriteAllBytesAsync(_authority, certificate, TestContext.Current.CancellationToken);
        var pool = (await _api.GetAsync(SandboxApi.Pool(SandboxClusters.PaymentsStaging, "payments-app"))).Json.GetProperty("pool");

        (await QueryAsync(Connect(pool), "SELECT current_database()")).ShouldBe("payments");
        await Should.ThrowAsync<System.Net.Sockets.SocketException>(() => Dns.GetHostAddressesAsync(
            pool.GetProperty("private_connection").GetProperty("host").GetString()!, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_uri_of_a_hostile_password_is_understood_by_psql()
    {
        var pool = (await _api.AddPoolAsync(Orders, "live-psql", "session", db: "checkout", user: "checkout")).Json.GetProperty("pool");
        var uri = pool.GetProperty("connection").GetProperty("uri").GetString()!.Replace("sslmode=require", "sslmode=verify-full", StringComparison.Ordinal);
        var start = new ProcessStartInfo("psql") { UseShellExecute = false, RedirectStandardOutput = true };
        start.ArgumentList.Add(uri);
        start.ArgumentList.Add("-Atc");
        start.ArgumentList.Add("SELECT current_user");
        start.Environment["PGSSLROOTCERT"] = _authority;

        using var psql = Process.Start(start)!;
        var output = await psql.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        output.Trim().ShouldBe("checkout");
    }

    private async Task<string> PasswordAsync(string user) =>
        (await _api.GetAsync($"/v2/databases/{Orders}/users/{user}")).Json.GetProperty("user").GetProperty("password").GetString()!;

    private NpgsqlConnectionStringBuilder Connect(JsonElement pool, string? user = null, string? password = null)
    {
        var connection = pool.GetProperty("connection");
        return Settings(connection, user ?? connection.GetProperty("user").GetString()!, password ?? connection.GetProperty("password").GetString()!);
    }

    private NpgsqlConnectionStringBuilder Settings(JsonElement connection, string user, string password) => new()
    {
        Host = connection.GetProperty("host").GetString(),
        Port = connection.GetProperty("port").GetInt32(),
        Database = connection.GetProperty("database").GetString(),
        Username = user,
        Password = password,
        SslMode = SslMode.VerifyFull,
        RootCertificate = _authority,
        Pooling = false,
        NoResetOnClose = true,
    };

    private static async Task<string> QueryAsync(NpgsqlConnectionStringBuilder settings, string query)
    {
        await using var connection = await settings.OpenAsync();
        return await connection.QueryAsync(query);
    }

    private async Task<Dictionary<string, string>> RowAsync(string command, string pool)
    {
        var live = (await _host.Of<Cloud>().Find(Orders.ToString())!.Live).ShouldNotBeNull();
        var rows = await live.RunAsync(command);
        return rows.Skip(1).Where(row => row[0] == pool).Select(row => rows[0].Zip(row).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal)).Single();
    }
}

internal static class NpgsqlExtensions
{
    public static async Task<NpgsqlConnection> OpenAsync(this NpgsqlConnectionStringBuilder settings)
    {
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public static async Task<string> QueryAsync(this NpgsqlConnection connection, string query)
    {
        await using var command = new NpgsqlCommand(query, connection);
        return (await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))?.ToString() ?? "";
    }
}
