using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using Portal.Changes;
using Portal.Commands;
using Portal.IntegrationTests.Changes;
using Portal.IntegrationTests.Sandbox;
using Portal.Sandbox;
using Portal.Storage;

namespace Portal.IntegrationTests.Databases;

/// <summary>A portal whose own PostgreSQL stands behind a real PgBouncer, which its documentation asks for in session mode only.</summary>
public sealed class PgBouncerTests(SandboxFixture server) : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly string _pool = $"portal-{Guid.NewGuid():N}";
    private SandboxHost _sandbox = null!;
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await ColdSandbox.StartAsync();
        _database = await TestDatabase.PostgreSqlAsync(server.Host);
    }

    public async ValueTask DisposeAsync()
    {
        using (var api = new SandboxApi(server.Host))
        {
            await api.DeleteAsync(SandboxApi.Pool(SandboxClusters.OrdersProd, _pool));
        }

        await _sandbox.DisposeAsync();
        _database.Dispose();
    }

    [Fact]
    public async Task In_transaction_mode_changes_are_made_and_health_and_the_check_say_that_words_do_not_come_back()
    {
        var behind = await BehindAsync("transaction");
        await using var portal = await StartAsync(behind);
        await using var observer = await ListenAsync();
        var words = 0;
        observer.Notification += (_, _) => words++;

        await portal.ReadAsync(SandboxClusters.OrdersProd);
        (await portal.CreateAsync(await portal.SignInDeveloperAsync(), ChangeScene.Request())).State.ShouldBe(ChangeState.Done);
        SomeRecord.FirstBroken(portal.Record).ShouldBeNull();

        await observer.WaitAsync(Soon, TestContext.Current.CancellationToken);
        words.ShouldBeGreaterThan(0, "who is connected to PostgreSQL itself hears the portal");
        var line = portal.Of<NeighbourLine>();
        line.UpSince.ShouldNotBeNull();
        line.HeardItselfAt.ShouldBeNull();
        var later = new ClockAhead(NeighbourHealth.SilentFor + TimeSpan.FromSeconds(1));
        var health = await new NeighbourHealth(line, portal.Of<Neighbours>(), later).CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken);
        health.Status.ShouldBe(HealthStatus.Degraded);
        health.Description.ShouldNotBeNull().ShouldContain("PgBouncer in transaction mode");

        var (code, text) = await RunAsync(behind, "config", "check");
        code.ShouldBe(1);
        text.Split('\n').Where(said => said.StartsWith("WRONG", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldContain("PgBouncer in transaction mode");
    }

    [Fact]
    public async Task In_session_mode_portals_hear_each_other_and_the_check_is_content()
    {
        var behind = await BehindAsync("session");
        await using var portal = await StartAsync(behind);

        await Eventually.BecomesTrueAsync("it hears itself", () => portal.Of<NeighbourLine>().HeardItselfAt is not null, Soon);

        var (code, text) = await RunAsync(behind, "config", "check");
        code.ShouldBe(0, text);
        text.ShouldContain("OK     database: its notifications come back");
    }

    [Fact]
    public async Task In_transaction_mode_no_lock_is_left_that_the_next_start_would_wait_for()
    {
        var behind = await BehindAsync("transaction");
        var (code, text) = await RunAsync(behind, "database", "migrate");
        code.ShouldBe(0, text);

        (await LocksAsync()).ShouldBe(0);

        var portals = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => StartAsync(behind))).WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        SomeRecord.FirstBroken(portals[0].Record).ShouldBeNull();
        await Task.WhenAll(portals.Select(portal => portal.DisposeAsync().AsTask()));
    }

    private Task<PortalHost> StartAsync(string connectionString) =>
        PortalHost.StartAsync(_sandbox, _database, settings => settings["Database:ConnectionString"] = connectionString);

    private async Task<(int Code, string Text)> RunAsync(string connectionString, params string[] command)
    {
        await using var output = new StringWriter();
        using var input = new StringReader("");
        var settings = PortalHost.Arguments(_sandbox, _database, all => all["Database:ConnectionString"] = connectionString);
        var code = await CommandLine.RunAsync([.. command, .. settings], new Terminal(input, output, output));
        return (code, output.ToString());
    }

    private async Task<long> LocksAsync()
    {
        await using var connection = new NpgsqlConnection(_database.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var count = new NpgsqlCommand(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())", connection);
        return (long)(await count.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private async Task<NpgsqlConnection> ListenAsync()
    {
        var connection = new NpgsqlConnection(_database.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var listen = new NpgsqlCommand($"LISTEN {NeighbourLine.ChannelName}", connection);
        await listen.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    /// <returns>How the portal's database is reached by a pool in this mode.</returns>
    private async Task<string> BehindAsync(string mode)
    {
        var direct = new NpgsqlConnectionStringBuilder(_database.ConnectionString);
        using var api = new SandboxApi(server.Host);
        var made = await api.AddPoolAsync(SandboxClusters.OrdersProd, _pool, mode, size: 8, direct.Database!, direct.Username!);
        ((int)made.Status).ShouldBe(201, made.Body);
        var pool = made.Json.GetProperty("pool").GetProperty("connection");
        return new NpgsqlConnectionStringBuilder(_database.ConnectionString)
        {
            Host = pool.GetProperty("host").GetString(),
            Port = pool.GetProperty("port").GetInt32(),
            Database = _pool,
        }.ConnectionString;
    }

    private sealed class ClockAhead(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
