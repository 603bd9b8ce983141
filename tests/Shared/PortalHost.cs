using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Portal.Access;
using Portal.Audit;
using Portal.Changes;
using Portal.DigitalOcean;
using Portal.Inventory;
using Portal.Sandbox;
using Portal.Storage;

namespace Portal.Testing;

/// <summary>The real portal, in this process, against a sandbox: everything as it ships, with short waits.</summary>
internal sealed class PortalHost : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly WebApplication _app;
    private int _signIns;

    private PortalHost(WebApplication app) => _app = app;

    public Uri Address => new(Of<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public IReadOnlyList<AuditRow> Record => [.. ReadAll<AuditRow>().OrderBy(row => row.Sequence)];

    /// <param name="adjust">Changes the settings.</param>
    /// <param name="log">Gets what is logged, as far as the settings let it through.</param>
    public static async Task<PortalHost> StartAsync(
        SandboxHost sandbox, TestDatabase database, Action<Dictionary<string, string>>? adjust = null, ILoggerProvider? log = null)
    {
        var app = PortalApp.Build(Arguments(sandbox, database, adjust));
        if (log is not null)
        {
            app.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        }

        var portal = new PortalHost(app);
        await app.StartAsync();
        return portal;
    }

    /// <summary>The settings of a portal for tests, as its command line.</summary>
    public static string[] Arguments(SandboxHost sandbox, TestDatabase database, Action<Dictionary<string, string>>? adjust = null) => Arguments(
        new SandboxDoors(sandbox.Address, sandbox.Issuer, sandbox.ClientId, sandbox.VaultRoleId, database.SecretFile(sandbox.VaultSecretId)), database, adjust);

    /// <summary>The same for a sandbox wherever it runs.</summary>
    public static string[] Arguments(SandboxDoors sandbox, TestDatabase database, Action<Dictionary<string, string>>? adjust = null)
    {
        var settings = new Dictionary<string, string>
        {
            ["environment"] = "Sandbox",
            ["contentRoot"] = AppContext.BaseDirectory,
            ["urls"] = "http://127.0.0.1:0",
            ["Database:Provider"] = database.Provider,
            ["Database:ConnectionString"] = database.ConnectionString,
            ["DigitalOcean:BaseUrl"] = sandbox.Address.ToString(),
            // Tests are in more of a hurry than people; the sandbox's own limit is where a test wants it.
            ["DigitalOcean:CallsPerMinute"] = "1000000",
            ["DigitalOcean:CallsPerHour"] = "1000000",
            ["DigitalOcean:RetryAfter"] = "00:00:00.010",
            // Its calls at the start would take faults that a test has set for others.
            ["DigitalOcean:TryScopes"] = "false",
            ["DigitalOcean:BreakFor"] = "00:00:00.500",
            ["Vault:Provider"] = "HashiCorp",
            ["Vault:HashiCorp:Address"] = sandbox.Address.ToString(),
            ["Vault:HashiCorp:RoleId"] = sandbox.RoleId,
            ["Vault:HashiCorp:SecretIdFile"] = sandbox.SecretIdFile,
            ["SignIn:Authority"] = sandbox.Issuer.ToString(),
            ["SignIn:ClientId"] = sandbox.ClientId,
            ["Teams:0:Name"] = "Payments",
            ["Teams:0:Members:0"] = "payments",
            ["Teams:0:Leads:0"] = "payments-leads",
            ["Teams:0:Limits:UrgentResize"] = "true",
            ["Teams:0:Uses:0:Cluster"] = "orders-prod",
            ["Teams:0:Uses:0:Database"] = "checkout",
            ["Teams:0:Uses:0:User"] = "app",
            ["Teams:0:Uses:1:Cluster"] = "payments-staging",
            ["Teams:1:Name"] = "Orders",
            ["Teams:1:Members:0"] = "orders",
            ["Teams:1:Leads:0"] = "orders-leads",
            ["Teams:1:Uses:0:Cluster"] = "orders-prod",
            ["Teams:1:Uses:0:Database"] = "orders",
            ["Teams:1:Uses:0:User"] = "orders_app",
            ["Changes:ReadBackAfter"] = "00:00:00.020",
            ["Changes:ReadBackTimes"] = "2",
            ["Changes:NotReadyWait"] = "00:00:00.020",
            ["Changes:RetryAfter"] = "00:00:00.020",
            ["Changes:Lease"] = "00:00:02",
            // Tests ask for more connections than people do; those of the limits set their own.
            ["Connections:PerHour"] = "1000",
            ["Connections:FirstLooks"] = "1000",
            ["Logging:LogLevel:Default"] = "None",
            ["Logging:LogLevel:Microsoft.AspNetCore"] = "None",
        };
        adjust?.Invoke(settings);
        return [.. settings.Select(setting => $"--{setting.Key}={setting.Value}")];
    }

    public T Of<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>A service of the background, which nobody asks for by its type.</summary>
    public T OfHosted<T>()
        where T : IHostedService => _app.Services.GetServices<IHostedService>().OfType<T>().Single();

    /// <summary>A session of somebody, without the way through the provider.</summary>
    public Task<SessionKey> SignInAsync(string name, Role role, params string[] groups) => Of<Sessions>().BeginAsync(
        new SignedIn
        {
            Person = new Person($"test|{name}", name, new HashSet<Role> { role }, groups.ToHashSet()),
            IdToken = "not-a-token",
            Nonce = $"{name}-{Interlocked.Increment(ref _signIns)}-{Guid.NewGuid():N}",
        },
        CancellationToken.None);

    public Task<SessionKey> SignInDeveloperAsync() => SignInAsync("developer", Role.Developer, "payments");

    /// <summary>The inventory knows the cluster as it is at this moment.</summary>
    /// <remarks>What was not sent is asked again: after the faults of another test the portal leaves the API alone for <c>DigitalOcean:BreakFor</c>.</remarks>
    public async Task ReadAsync(Guid cluster)
    {
        ApiFailure? failure = null;
        await Eventually.BecomesTrueAsync(
            "the portal asks the API",
            async () => (await Of<InventoryReader>().ReadClusterAsync(cluster, CancellationToken.None)).TryGet(out _, out failure)
                || failure is not { Kind: ApiFailureKind.NotSent },
            Deadline);
        failure.ShouldBeNull(failure?.ToString());
    }

    public async Task<PoolChange> SubmitAsync(SessionKey session, CreatePool request)
    {
        var answer = await Of<ChangeRequests>().SubmitAsync(session, request, CancellationToken.None);
        answer.TryGet(out var change, out var notTaken).ShouldBeTrue(notTaken is null ? null : string.Join("; ", notTaken.Mistakes.Select(mistake => mistake.Message).Append(notTaken.Message)));
        return change!;
    }

    /// <summary>Asks for a pool and waits until the change is as <paramref name="until"/> says; by default until it is finished.</summary>
    public async Task<PoolChange> CreateAsync(SessionKey session, CreatePool request, Func<PoolChange, bool>? until = null)
    {
        var change = await SubmitAsync(session, request);
        return await WaitAsync(change.Id, until ?? (now => now.IsFinished || now.State is ChangeState.Conflict or ChangeState.NeedsPerson));
    }

    public async Task<PoolChange> WaitAsync(long id, Func<PoolChange, bool> until)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        using var moved = new SemaphoreSlim(0);
        void OnMoved(long change) => moved.Release();
        Of<ChangeFeed>().Moved += OnMoved;
        try
        {
            while (true)
            {
                var change = (await Of<ChangeQueries>().FindAsync(id, CancellationToken.None))!;
                if (until(change))
                {
                    return change;
                }

                try
                {
                    await moved.WaitAsync(deadline.Token);
                }
                catch (OperationCanceledException)
                {
                    throw new TimeoutException($"Change {id} is {change.State} after {Deadline}: {change.Happened} {change.ApiMessage}");
                }
            }
        }
        finally
        {
            Of<ChangeFeed>().Moved -= OnMoved;
        }
    }

    public IReadOnlyList<string> ActionsOf(PoolChange change) =>
        [.. Record.Where(row => row.ChangeId == change.Id && row.Action != AuditAction.ConnectionTested).Select(row => row.Action)];

    public List<T> ReadAll<T>()
        where T : class
    {
        using var db = Of<IDbContextFactory<PortalDbContext>>().CreateDbContext();
        return [.. db.Set<T>().AsNoTracking()];
    }

    /// <summary>Stops as SIGTERM would.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

/// <summary>What a portal must know of a sandbox.</summary>
/// <param name="RoleId">With the secret id in the file it opens the vault.</param>
internal sealed record SandboxDoors(Uri Address, Uri Issuer, string ClientId, string RoleId, string SecretIdFile);
