using System.Net;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Portal.Access;
using Portal.BrowserTests;
using Portal.Changes;
using Portal.Inventory;
using Portal.Sandbox;
using Portal.Storage;

[assembly: AssemblyFixture(typeof(Stage))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Portal.BrowserTests;

/// <summary>What all tests play on: a sandbox with live clusters, the portal on its own port and as it ships, and one Chromium.</summary>
public sealed class Stage : IAsyncLifetime
{
    private static readonly string[] OtherArguments =
        ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private static readonly Guid[] Clusters = [SandboxClusters.OrdersProd, SandboxClusters.PaymentsStaging, SandboxClusters.Analytics];

    private readonly int _port = FreePort();
    private readonly int _cablePort = FreePort();
    private IPlaywright _playwright = null!;
    private IReadOnlyList<string> _ownPools = [];

    /// <summary>The portal's address, as people have it in their browsers.</summary>
    public string Address => $"http://localhost:{_port}";

    public IBrowser Browser { get; private set; } = null!;

    public SandboxHost Sandbox { get; private set; } = null!;

    internal PortalHost Portal { get; private set; } = null!;

    internal TestDatabase Database { get; private set; } = null!;

    internal KeptLog Log { get; private set; } = null!;

    /// <summary>A way to the portal that can be cut.</summary>
    internal Cable LayCable() => new(_cablePort, _port);

    public async ValueTask InitializeAsync()
    {
        // One after the other: on a small machine they would only get into each other's way.
        Sandbox = await SandboxHost.StartAsync(
            new SandboxOptions
            {
                RequestsPerMinute = 1_000_000,
                RequestsPerHour = 1_000_000,
                PortalUrls = $"http://localhost:{_port};http://localhost:{_cablePort}",
            },
            CancellationToken.None);
        if (Sandbox.WhyNotLive is { } reason)
        {
            throw new InvalidOperationException($"These tests need live clusters. {reason}");
        }

        Database = TestDatabase.Sqlite();
        await StartPortalAsync();
        using var api = new SandboxApi(Sandbox);
        _ownPools = await NamesAsync(api);
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = FindChromium(),
            Args = Environment.UserName == "root" ? ["--no-sandbox", .. OtherArguments] : OtherArguments,
        });
        Assertions.SetDefaultExpectTimeout(Deadline);
    }

    /// <summary>How long a page may take, in milliseconds: generous, because a machine that builds at the same time is slow, not wrong.</summary>
    public const float Deadline = 30_000;

    /// <summary>Stops the portal; it is at once, or later, started again on the same port and the same database.</summary>
    public Task StopPortalAsync() => Portal.DisposeAsync().AsTask();

    public async Task StartPortalAsync()
    {
        Log?.Dispose();
        Log = new KeptLog(LogPath);
        Portal = await PortalHost.StartAsync(
            Sandbox,
            Database,
            settings =>
            {
                // The teams are those of the sandbox run, which lie beside the tests.
                foreach (var key in settings.Keys.Where(key => key.StartsWith("Teams:", StringComparison.Ordinal)).ToList())
                {
                    settings.Remove(key);
                }

                settings["urls"] = Address;

                // Everybody has just signed in here, unless a test lets the provider say otherwise.
                settings["Access:StepUp:Clusters:0"] = "payments-staging";
                settings["Logging:LogLevel:Default"] = "Trace";
                settings["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace";
                settings["Logging:LogLevel:System.Net.Http.HttpClient"] = "Trace";
                settings["Logging:Console:LogLevel:Default"] = "None";
            },
            Log);
        foreach (var cluster in Clusters)
        {
            await Portal.ReadAsync(cluster);
        }
    }

    /// <summary>As it was at the start: no pool, user, change or draft of another test, no fault.</summary>
    public async Task ResetAsync()
    {
        Sandbox.Faults.Clear();
        using var api = new SandboxApi(Sandbox);
        foreach (var pool in (await NamesAsync(api)).Except(_ownPools, StringComparer.Ordinal))
        {
            ((int)(await api.DeleteAsync(pool)).Status).ShouldBe(204, pool);
        }

        await using (var db = await Portal.Of<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync())
        {
            await db.Set<ManagedPool>().ExecuteDeleteAsync();
            await db.Set<PoolChange>().ExecuteDeleteAsync();
            await db.Set<Draft>().ExecuteDeleteAsync();
            await db.Set<Freeze>().ExecuteDeleteAsync();
            await db.Set<KnownPerson>().ExecuteDeleteAsync();
            await db.Set<Session>().ExecuteDeleteAsync();
        }

        foreach (var cluster in Clusters[..2])
        {
            await Portal.ReadAsync(cluster);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Browser is not null)
        {
            await Browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (Portal is not null)
        {
            await Portal.DisposeAsync();
        }

        Log?.Dispose();
        Database?.Dispose();
        if (Sandbox is not null)
        {
            await Sandbox.DisposeAsync();
        }
    }

    private string LogPath => Path.Combine(Database.Folder, "portal.log");

    private static async Task<IReadOnlyList<string>> NamesAsync(SandboxApi api)
    {
        var found = new List<string>();
        foreach (var cluster in Clusters[..2])
        {
            var pools = (await api.GetAsync(SandboxApi.Pools(cluster))).Json;
            if (pools.TryGetProperty("pools", out var list) && list.ValueKind is System.Text.Json.JsonValueKind.Array)
            {
                found.AddRange(list.EnumerateArray().Select(pool => SandboxApi.Pool(cluster, pool.GetProperty("name").GetString()!)));
            }
        }

        return found;
    }

    private static string FindChromium()
    {
        if (Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named)
        {
            return named;
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return new[] { "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome" }
            .SelectMany(name => folders, (name, folder) => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("These tests need Chromium. Install it, or name its program in the variable CHROMIUM.");
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
