using Portal.Inventory;
using Portal.Sandbox;
using Portal.Sandbox.Control;

namespace Portal.IntegrationTests.Commands;

public sealed class InventoryRefreshTests() : CommandTest(server: null)
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await MigrateAsync();
    }

    [Fact]
    public async Task Everything_is_read_into_the_database_once()
    {
        var (code, text) = await RunAsync("inventory", "refresh");

        code.ShouldBe(0, text);
        text.ShouldContain("Read 4 clusters and read replicas with ");
        _sandbox.Ledger.Count(HttpMethod.Get, $"/v2/databases/{SandboxClusters.OrdersProd}/pools").ShouldBe(1);
        _sandbox.Ledger.Count(HttpMethod.Get, $"/v2/databases/{SandboxClusters.AnalyticsRead}/pools").ShouldBe(1);
        await using var portal = await PortalHost.StartAsync(_sandbox, _database);
        portal.ReadAll<ClusterRecord>().ShouldAllBe(cluster => cluster.PoolsReadAt != null);
    }

    [Fact]
    public async Task A_cluster_that_is_not_answered_for_is_named_and_the_others_are_read()
    {
        _sandbox.Faults.Add(new Fault { Path = $"/v2/databases/{SandboxClusters.OrdersProd}/pools", Kind = FaultKind.Status, Status = 500 });

        var (code, text) = await RunAsync("inventory", "refresh");

        code.ShouldBe(1);
        text.ShouldContain("orders-prod: its pools were not read.");
        text.ShouldContain("1 not read.");
        _sandbox.Ledger.Count(HttpMethod.Get, $"/v2/databases/{SandboxClusters.PaymentsStaging}/pools").ShouldBe(1);
    }

    [Fact]
    public async Task Without_an_answer_nothing_is_said_to_be_read()
    {
        var (code, text) = await RunAsync(["inventory", "refresh"], [("DigitalOcean:BaseUrl", "http://127.0.0.1:1")]);

        code.ShouldBe(1);
        text.ShouldContain("The list of clusters was not read.");
    }
}
