using System.Net;
using Portal.Sandbox;

namespace Portal.IntegrationTests.Sandbox;

/// <summary>A read replica is known by its primary; its id takes the place of a cluster's where pools are made.</summary>
public sealed class ReplicaTests : IAsyncLifetime
{
    private static readonly Guid Replica = SandboxClusters.AnalyticsRead;
    private SandboxHost _host = null!;
    private SandboxApi _api = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await ColdSandbox.StartAsync();
        _api = new SandboxApi(_host);
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Its_primary_lists_it_and_no_other_cluster_does()
    {
        var listed = (await _api.GetAsync($"/v2/databases/{SandboxClusters.Analytics}/replicas")).Json.GetProperty("replicas");

        listed.GetArrayLength().ShouldBe(1);
        var replica = listed[0];
        replica.GetProperty("id").GetGuid().ShouldBe(Replica);
        replica.GetProperty("name").GetString().ShouldBe("analytics-read");
        replica.GetProperty("region").GetString().ShouldBe("fra1");
        replica.GetProperty("size").GetString().ShouldBe("db-s-2vcpu-4gb");
        replica.GetProperty("status").GetString().ShouldBe("online");
        replica.GetProperty("connection").GetProperty("host").GetString()!.ShouldStartWith("analytics-read");
        (await _api.GetAsync($"/v2/databases/{SandboxClusters.OrdersProd}/replicas")).Json.GetProperty("replicas").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task It_is_neither_in_the_list_of_clusters_nor_described_as_one()
    {
        (await _api.GetAsync("/v2/databases")).Body.ShouldNotContain("analytics-read");
        (await _api.GetAsync($"/v2/databases/{Replica}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Its_pools_are_its_own_while_its_primary_takes_no_change()
    {
        (await _api.AddPoolAsync(Replica, "reports", db: "events", user: "dashboards")).Status.ShouldBe(HttpStatusCode.Created);
        (await _api.AddPoolAsync(SandboxClusters.Analytics, "reports", db: "events", user: "dashboards")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);

        (await _api.GetAsync(SandboxApi.Pool(Replica, "reports"))).Json.GetProperty("pool").GetProperty("db").GetString().ShouldBe("events");
        (await _api.GetAsync(SandboxApi.Pool(SandboxClusters.Analytics, "reports"))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _api.DeleteAsync(SandboxApi.Pool(Replica, "reports"))).Status.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Its_databases_users_and_certificate_are_those_of_its_primary()
    {
        var primary = $"/v2/databases/{SandboxClusters.Analytics}";
        var replica = $"/v2/databases/{Replica}";

        (await _api.PostAsync($"{primary}/users", new { name = "late" })).Status.ShouldBe(HttpStatusCode.Created);

        foreach (var path in new[] { "/users", "/dbs", "/ca" })
        {
            (await _api.GetAsync(replica + path)).Body.ShouldBe((await _api.GetAsync(primary + path)).Body, path);
        }

        (await _api.PostAsync($"{replica}/users", new { name = "other" })).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _api.PostAsync($"{replica}/dbs", new { name = "other" })).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _api.SendAsync(HttpMethod.Post, $"{replica}/users/late/reset_auth", "{}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _api.AddPoolAsync(Replica, "by-late", db: "events", user: "late")).Status.ShouldBe(HttpStatusCode.Created);
    }
}
