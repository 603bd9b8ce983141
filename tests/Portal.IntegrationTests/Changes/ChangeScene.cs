using System.Net;
using Portal.Changes;
using Portal.DigitalOcean;
using Portal.IntegrationTests.Sandbox;
using Portal.Inventory;
using Portal.Sandbox;
using Portal.Sandbox.Control;

namespace Portal.IntegrationTests.Changes;

/// <summary>A portal and a sandbox for changes, anew for each test, on either engine.</summary>
public abstract class ChangeScene(SandboxFixture? server) : IAsyncLifetime
{
    private protected const string Pools = "/v2/databases/*/pools";
    private protected const string OnePool = "/v2/databases/*/pools/*";

    private protected SandboxHost _sandbox = null!;
    private protected TestDatabase _database = null!;
    private protected PortalHost _portal = null!;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxHost.StartAsync(new SandboxOptions { Live = false }, TestContext.Current.CancellationToken);
        _database = server is null ? TestDatabase.Sqlite() : await TestDatabase.PostgreSqlAsync(server.Host);
        _portal = await PortalHost.StartAsync(_sandbox, _database);
        await _portal.ReadAsync(SandboxClusters.OrdersProd);
    }

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _sandbox.DisposeAsync();
        _database.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The portal is stopped, and started again on the same database with other settings.</summary>
    private protected async Task RestartAsync(Action<Dictionary<string, string>> adjust)
    {
        await _portal.DisposeAsync();
        _portal = await PortalHost.StartAsync(_sandbox, _database, adjust);
    }

    /// <summary>
    /// The portal is started again with its vault sealed, so that changes are taken in and wait. It cannot have the key of Data Protection's keys, and does without.
    /// </summary>
    private protected async Task RestartSealedAsync()
    {
        _sandbox.Seal();
        await RestartAsync(settings => settings["Vault:KeysPath"] = "");
    }

    /// <summary>A change that is approved and waits, and no portal runs.</summary>
    private protected async Task<PoolChange> LeftWaitingAsync()
    {
        await RestartSealedAsync();
        var waiting = await CreateAsync(until: now => now is { State: ChangeState.Approved, Happened: not null });
        await _portal.DisposeAsync();
        _sandbox.Unseal();
        return waiting;
    }

    internal static CreatePool Request(string name = "checkout-app", string size = "5", Guid? form = null) => new()
    {
        FormId = form ?? Guid.NewGuid(),
        ClusterId = SandboxClusters.OrdersProd,
        Team = "Payments",
        Database = "checkout",
        User = "app",
        Mode = PoolMode.Transaction,
        Size = size,
        Name = name,
        Reason = "a test",
    };

    private protected int Posts => _sandbox.Ledger.Count(HttpMethod.Post, Pools);

    private protected int Effects(string pool) => _sandbox.Ledger.Entries.Count(entry => entry.Pool == pool && entry.Effect is Effect.Created);

    private protected void Fault(HttpMethod method, string path, FaultKind kind, int times = 1, int? status = null, int? delayMs = null) =>
        _sandbox.Faults.Add(new Fault { Method = method.Method, Path = path, Kind = kind, Times = times, Status = status, DelayMs = delayMs });

    private protected async Task<PoolChange> CreateAsync(string name = "checkout-app", Func<PoolChange, bool>? until = null) =>
        await _portal.CreateAsync(await _portal.SignInDeveloperAsync(), Request(name), until);

    /// <summary>Somebody makes a pool in DigitalOcean's own panel, and the portal has not looked since.</summary>
    private protected async Task InThePanelAsync(string name, int size, string database = "orders", string user = "orders_app")
    {
        await HasReadAllAsync();
        using var http = new HttpClient { BaseAddress = _sandbox.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", "dop_v1_sandbox");
        using var answer = await http.PostAsync(
            $"/v2/databases/{SandboxClusters.OrdersProd}/pools",
            new StringContent($$"""{"name":"{{name}}","mode":"transaction","size":{{size}},"db":"{{database}}","user":"{{user}}"}""", System.Text.Encoding.UTF8, "application/json"));
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    /// <summary>The background has read every cluster once and looks again in a minute: until then the portal knows nothing of what happens elsewhere.</summary>
    private protected Task HasReadAllAsync() => Eventually.BecomesTrueAsync(
        "the first reading of every cluster",
        () => _portal.Of<InventoryBoard>().View.Clusters is { Count: > 0 } clusters
            && clusters.All(cluster => cluster.PoolsReadAt is not null && (cluster.IsReplica || cluster.ReplicasReadAt is not null)),
        TimeSpan.FromSeconds(30));
}
