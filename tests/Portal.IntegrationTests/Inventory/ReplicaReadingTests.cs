using System.Text.Json;
using Portal.Changes;
using Portal.DigitalOcean;
using Portal.IntegrationTests.Sandbox;
using Portal.Inventory;
using Portal.Sandbox;
using Portal.Sandbox.Control;

namespace Portal.IntegrationTests.Inventory;

[Trait("Database", "SQLite")]
public sealed class ReplicaReadingOnSqliteTests() : ReplicaReadingTests(server: null);

[Trait("Database", "PostgreSQL")]
public sealed class ReplicaReadingOnPostgreSqlTests(SandboxFixture server) : ReplicaReadingTests(server);

/// <summary>A read replica is in the lists as a cluster of its own, known by its primary alone.</summary>
public abstract class ReplicaReadingTests(SandboxFixture? server) : IAsyncLifetime
{
    private static readonly Guid Replica = SandboxClusters.AnalyticsRead;

    private SandboxHost _sandbox = null!;
    private TestDatabase _database = null!;
    private PortalHost _portal = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await ColdSandbox.StartAsync();
        _database = server is null ? TestDatabase.Sqlite() : await TestDatabase.PostgreSqlAsync(server.Host);
        _portal = await PortalHost.StartAsync(_sandbox, _database, settings =>
        {
            settings["Teams:0:Uses:2:Cluster"] = "analytics-read";
            // Only what a test reads is read.
            settings["Inventory:RefreshAfter"] = "1.00:00:00";
        });
        await Eventually.BecomesTrueAsync("the background has read everything once", IsReadOnceAsync, TimeSpan.FromSeconds(30));
    }

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _sandbox.DisposeAsync();
        _database.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task It_has_its_own_plan_region_and_pools_and_the_databases_and_users_of_its_primary()
    {
        var clusters = await _portal.Of<InventoryQueries>().ListAsync(Stop);
        var primary = clusters.Single(cluster => cluster.Id == SandboxClusters.Analytics);
        var replica = clusters.Single(cluster => cluster.Id == Replica);

        (replica.Name, replica.Region, replica.Budget, replica.Status).ShouldBe(("analytics-read", "fra1", 97, "online"));
        replica.ReplicaWords.ShouldBe("read only, replica of analytics");
        replica.WhyNoPool.ShouldBeNull();
        replica.Databases.ShouldBe(primary.Databases);
        replica.Users.ShouldBe(primary.Users);
        replica.Pools.Select(pool => pool.Name).ShouldBe(["nightly-reports"]);
        primary.IsReplica.ShouldBeFalse();
    }

    [Fact]
    public async Task It_is_never_asked_for_as_a_cluster_and_outlives_every_reading_of_the_list()
    {
        await _portal.ReadAsync(Replica);
        (await _portal.Of<InventoryReader>().ReadClustersAsync(Stop)).ShouldBeNull();
        await _portal.ReadAsync(Replica);

        _sandbox.Ledger.Entries.Count(entry => entry.Path == $"/v2/databases/{Replica}").ShouldBe(0);
        (await _portal.Of<InventoryQueries>().FindAsync(Replica, Stop)).ShouldNotBeNull().Pools.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_pool_is_made_on_it_through_the_pipeline()
    {
        var request = new CreatePool
        {
            FormId = Guid.NewGuid(),
            ClusterId = Replica,
            Team = "Payments",
            Database = "events",
            User = "dashboards",
            Mode = PoolMode.Transaction,
            Size = "4",
            Name = "monthly-reports",
        };

        var change = await _portal.CreateAsync(await _portal.SignInDeveloperAsync(), request);

        change.State.ShouldBe(ChangeState.Done);
        using var api = new SandboxApi(_sandbox);
        ((int)(await api.GetAsync(SandboxApi.Pool(Replica, "monthly-reports"))).Status).ShouldBe(200);
        _portal.Of<InventoryBoard>().View.Find(Replica)!.Pools.Single(pool => pool.Name == "monthly-reports").State.ShouldBe(PoolState.Live);
    }

    [Fact]
    public async Task One_that_its_primary_does_not_list_any_more_leaves_with_its_pools()
    {
        _sandbox.Faults.Add(new Fault
        {
            Method = "GET",
            Path = $"/v2/databases/{SandboxClusters.Analytics}/replicas",
            Kind = FaultKind.Status,
            Status = 200,
            Body = JsonSerializer.SerializeToElement(new { replicas = Array.Empty<string>() }),
        });

        var read = await _portal.Of<InventoryReader>().ReadClusterAsync(Replica, Stop);

        read.TryGet(out _, out var failure).ShouldBeFalse();
        failure!.IsCertainlyAbsent.ShouldBeTrue();
        _portal.Of<InventoryBoard>().View.Find(Replica).ShouldBeNull();
        _portal.ReadAll<PoolRecord>().ShouldNotContain(pool => pool.ClusterId == Replica);
    }

    [Fact]
    public async Task One_whose_primary_cannot_be_asked_stays_as_it_was()
    {
        _sandbox.Faults.Add(new Fault { Method = "GET", Path = $"/v2/databases/{SandboxClusters.Analytics}/replicas", Kind = FaultKind.Status, Status = 503, Times = 4 });

        (await _portal.Of<InventoryReader>().ReadClusterAsync(Replica, Stop)).TryGet(out _, out _).ShouldBeFalse();

        _portal.Of<InventoryBoard>().View.Find(Replica).ShouldNotBeNull().Pools.Count.ShouldBe(1);
    }

    private async Task<bool> IsReadOnceAsync() =>
        await _portal.Of<InventoryQueries>().ListAsync(Stop) is { Count: 4 } clusters && clusters.All(cluster => cluster.PoolsReadAt is not null);
}
