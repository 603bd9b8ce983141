using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using Portal.Access;
using Portal.Changes;
using Portal.IntegrationTests.Changes;
using Portal.IntegrationTests.Sandbox;
using Portal.Inventory;
using Portal.Sandbox;
using Portal.Storage;

namespace Portal.IntegrationTests.Databases;

/// <summary>Several portals on one PostgreSQL: what one does shows at the others, and what one is enough for one does.</summary>
public sealed class NeighbourTests(SandboxFixture server) : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private SandboxHost _sandbox = null!;
    private TestDatabase _database = null!;
    private readonly List<PortalHost> _running = [];
    private PortalHost _one = null!;
    private PortalHost _other = null!;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxHost.StartAsync(new SandboxOptions { Live = false }, TestContext.Current.CancellationToken);
        _database = await TestDatabase.PostgreSqlAsync(server.Host);
        _one = await StartAsync();
        await Eventually.BecomesTrueAsync("a portal alone is the first", () => _one.Of<Neighbours>().IsFirst, Soon);
        _other = await StartAsync();
        await Eventually.BecomesTrueAsync("both hear themselves", () => Lines.All(line => line.HeardItselfAt is not null), Soon);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var portal in _running)
        {
            await portal.DisposeAsync();
        }

        await _sandbox.DisposeAsync();
        _database.Dispose();
    }

    private IEnumerable<NeighbourLine> Lines => [_one.Of<NeighbourLine>(), _other.Of<NeighbourLine>()];

    [Fact]
    public async Task What_one_portal_does_shows_at_the_other()
    {
        var moved = new HashSet<long>();
        var ended = new List<byte[]>();
        _other.Of<ChangeFeed>().Moved += change =>
        {
            lock (moved)
            {
                moved.Add(change);
            }
        };
        _other.Of<SessionFeed>().Moved += ended.Add;
        // A reading of the background that goes well would take back that nobody answers.
        await Eventually.BecomesTrueAsync(
            "the first has read all there is",
            () => _one.Of<InventoryBoard>().View.Clusters is { Count: > 0 } all && all.All(one => one.PoolsReadAt is not null && (one.IsReplica || one.ReplicasReadAt is not null)),
            Soon);
        await _one.ReadAsync(SandboxClusters.OrdersProd);
        var session = await _one.SignInDeveloperAsync();

        var change = await _one.CreateAsync(session, ChangeScene.Request());
        await _one.Of<Sessions>().EndFoundAsync(session.Hash(), SessionEnd.EndedElsewhere, Audit.AuditActor.Portal, CancellationToken.None);
        _one.Of<InventoryFeed>().Failed("Nobody answers.");

        change.State.ShouldBe(ChangeState.Done);
        await Eventually.BecomesTrueAsync("the change has moved there", () => moved.Contains(change.Id), Soon);
        await Eventually.BecomesTrueAsync("the session has ended there", () => ended.Exists(hash => hash.AsSpan().SequenceEqual(session.Hash())), Soon);
        await Eventually.BecomesTrueAsync(
            "the new pool is on the lists there", () => _other.Of<InventoryBoard>().View.Find(SandboxClusters.OrdersProd)?.Pool("checkout-app") is not null, Soon);
        await Eventually.BecomesTrueAsync("lists there say why they are old", () => _other.Of<InventoryFeed>().Trouble is "Nobody answers.", Soon);
        var late = await StartAsync();
        await Eventually.BecomesTrueAsync("it hears", () => late.Of<NeighbourLine>().HeardItselfAt is not null, Soon);
        _one.Of<InventoryFeed>().Failed("Nobody answers.");
        await Eventually.BecomesTrueAsync("as do those of a portal that came later", () => late.Of<InventoryFeed>().Trouble is "Nobody answers.", Soon);
    }

    /// <summary>What it loaded before it could hear may have changed until then.</summary>
    [Fact]
    public async Task A_portal_that_begins_to_listen_looks_at_everything()
    {
        var looks = 0;
        var neighbours = new Neighbours();
        neighbours.Missed += () => Interlocked.Increment(ref looks);
        var options = Options.Create(new DatabaseOptions { Provider = DatabaseProvider.PostgreSql, ConnectionString = _database.ConnectionString });
        using var line = new NeighbourLine(neighbours, options, TimeProvider.System, NullLogger<NeighbourLine>.Instance);

        await line.StartAsync(TestContext.Current.CancellationToken);

        await Eventually.BecomesTrueAsync("it looks", () => Volatile.Read(ref looks) == 1, Soon);
        line.UpSince.ShouldNotBeNull("it could hear by then");
        await line.StopAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>A word that nobody hears would leave the others with what is not so any more.</summary>
    [Fact]
    public async Task What_could_not_be_said_is_said_when_it_can_be()
    {
        var heard = new List<string>();
        _other.Of<Neighbours>().Listen("lost-and-found", text => heard.Add(text));
        var speaking = new Neighbours();
        var connection = new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Pooling = false };
        using var log = new KeptLog(Path.Combine(_database.Folder, "line.log"));
        using var logging = LoggerFactory.Create(builder => builder.AddProvider(log));
        using var line = new NeighbourLine(
            speaking,
            Options.Create(new DatabaseOptions { Provider = DatabaseProvider.PostgreSql, ConnectionString = connection.ConnectionString }),
            TimeProvider.System,
            logging.CreateLogger<NeighbourLine>());
        await ExecuteAsync($"ALTER DATABASE {connection.Database} ALLOW_CONNECTIONS false");
        await line.StartAsync(TestContext.Current.CancellationToken);

        speaking.Say("lost-and-found", "kept");
        await Eventually.BecomesTrueAsync("it is tried in vain", () => log.Read().Contains("were not told of 1 things", StringComparison.Ordinal), Soon);
        heard.ShouldBeEmpty();
        await ExecuteAsync($"ALTER DATABASE {connection.Database} ALLOW_CONNECTIONS true");

        await Eventually.BecomesTrueAsync("it is heard", () => heard is ["kept"], Soon);
        // What the database never takes holds nothing up.
        speaking.Say("lost-and-found", "\0");
        await Eventually.BecomesTrueAsync("it is refused", () => log.Read().Contains("The database refuses 1 things", StringComparison.Ordinal), Soon);
        speaking.Say("lost-and-found", "after it");
        await Eventually.BecomesTrueAsync("the next is heard", () => heard is ["kept", "after it"], Soon);
        await line.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task One_reads_the_inventory_for_all_and_another_follows_it()
    {
        _one.Of<Neighbours>().IsFirst.ShouldBeTrue();
        _other.Of<Neighbours>().IsFirst.ShouldBeFalse();
        await Eventually.BecomesTrueAsync(
            "what the first has read is known to the other",
            () => _other.Of<InventoryBoard>().View.Clusters is { Count: > 0 } clusters && clusters.All(cluster => cluster.PoolsReadAt is not null),
            Soon);
        _sandbox.Ledger.Entries.Count(entry => entry.Path is "/v2/databases").ShouldBe(1, "the list is read by one of them");

        _running.Remove(_one);
        await _one.DisposeAsync();

        await Eventually.BecomesTrueAsync("the other follows", () => _other.Of<Neighbours>().IsFirst, Soon);
        await Eventually.BecomesTrueAsync("and reads", () => _sandbox.Ledger.Entries.Count(entry => entry.Path is "/v2/databases") == 2, Soon);
    }

    [Fact]
    public async Task All_calls_are_of_one_budget()
    {
        var counting = await StartAsync(settings =>
        {
            settings["DigitalOcean:CallsPerMinute"] = "100";
            settings["DigitalOcean:CallsPerHour"] = "5000";
        });
        await Eventually.BecomesTrueAsync("it hears", () => counting.Of<NeighbourLine>().HeardItselfAt is not null, Soon);
        var before = counting.Of<CallBudget>().Room(CallFor.People);
        before.ShouldBeGreaterThan(60);

        for (var call = 0; call < 20; call++)
        {
            await _one.ReadAsync(SandboxClusters.OrdersProd);
        }

        // Two calls each; the background of the first may add some.
        await Eventually.BecomesTrueAsync("they are counted", () => counting.Of<CallBudget>().Room(CallFor.People) <= before - 40, Soon);
    }

    [Fact]
    public async Task A_line_that_was_cut_is_made_again_and_everything_is_looked_at()
    {
        var any = 0;
        _other.Of<ChangeFeed>().Moved += change => any += change == ChangeFeed.Any ? 1 : 0;
        var up = _other.Of<NeighbourLine>().UpSince;

        await using (var connection = new NpgsqlConnection(_database.ConnectionString))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var cut = new NpgsqlCommand(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND (query LIKE 'LISTEN%' OR query LIKE '%pg_try_advisory_lock%')", connection);
            await cut.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await Eventually.BecomesTrueAsync("it is up again", () => _other.Of<NeighbourLine>().UpSince is { } now && now > up, Soon);
        await Eventually.BecomesTrueAsync("pages look again", () => Volatile.Read(ref any) > 0, Soon);
        await Eventually.BecomesTrueAsync("one is the first", () => _one.Of<Neighbours>().IsFirst != _other.Of<Neighbours>().IsFirst, Soon);
        (await HealthAsync(_other)).Status.ShouldBe(HealthStatus.Healthy);
    }

    /// <summary>By another database of the same server: nobody enters this one meanwhile.</summary>
    private async Task ExecuteAsync(string statement)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Database = "postgres", Pooling = false }.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<HealthReportEntry> HealthAsync(PortalHost portal) =>
        (await portal.Of<HealthCheckService>().CheckHealthAsync(check => check.Name == "other portals", CancellationToken.None)).Entries.Values.Single();

    private async Task<PortalHost> StartAsync(Action<Dictionary<string, string>>? adjust = null)
    {
        var portal = await PortalHost.StartAsync(_sandbox, _database, adjust);
        _running.Add(portal);
        return portal;
    }
}
