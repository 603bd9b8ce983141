using Portal.DigitalOcean;
using Portal.IntegrationTests.Sandbox;
using Portal.Sandbox.Vault;

namespace Portal.IntegrationTests.Crashes;

/// <summary>A sandbox, a database and a portal that dies again and again: room for as many rounds as there are clusters.</summary>
internal sealed class CrashWorld : IAsyncDisposable
{
    private readonly string _folder;
    private readonly HashSet<string> _secrets = ["dop_v1_sandbox"];
    private int _starts;

    private CrashWorld(string folder, TestDatabase database, SmallDisk? disk, SandboxProcess sandbox)
    {
        _folder = folder;
        Database = database;
        Disk = disk;
        Sandbox = sandbox;
        Books = new Books(database);
    }

    public SandboxProcess Sandbox { get; }

    public TestDatabase Database { get; }

    /// <summary>The database's own small disk; null where none could be mounted.</summary>
    public SmallDisk? Disk { get; }

    public Books Books { get; }

    public CrashPortal Portal { get; private set; } = null!;

    /// <summary>Seconds by which the portal's clock is off.</summary>
    public int ClockOff { get; set; }

    /// <summary>The last row of the ledger that has been looked at.</summary>
    public long Seen { get; set; }

    /// <param name="server">Where to make a PostgreSQL database; null for SQLite.</param>
    public static async Task<CrashWorld> StartAsync(SandboxFixture? server)
    {
        var folder = Directory.CreateTempSubdirectory("portal-crash-").FullName;
        var sandbox = await SandboxProcess.StartAsync(folder, RoundPlan.RoundsInWorld * RoundPlan.ClustersInRound);
        var database = server is null ? TestDatabase.Sqlite() : await TestDatabase.PostgreSqlAsync(server.Host);
        var disk = server is null && SmallDisk.CanMount ? await SmallDisk.MountAsync(database.Folder, megabytes: 64) : null;
        var world = new CrashWorld(folder, database, disk, sandbox);
        await world.RestartAsync();
        return world;
    }

    /// <summary>The clusters of a round as its plan takes them to be.</summary>
    public async Task PrepareAsync(RoundPlan plan)
    {
        foreach (var cluster in plan.Clusters)
        {
            await CrashClusters.PrepareAsync(Sandbox.Api, cluster);
        }

        (await Portal.DoAsync(new Order { Own = [.. plan.Clusters.SelectMany(cluster => RoundPlan.PoolsOf(cluster, isOwned: true))] })).Refused.ShouldBeNull();
        await CollectSecretsAsync(plan);
    }

    public async Task RestartAsync()
    {
        Portal?.Dispose();
        Portal = await CrashPortal.StartAsync(Arguments(), Path.Combine(_folder, $"answers-{++_starts}.jsonl"), LogFile, ClockOff);
    }

    /// <summary>The pools of a cluster as DigitalOcean has them.</summary>
    public Task<IReadOnlyDictionary<string, PoolFields>> StandingAsync(Guid cluster) => CrashClusters.StandingAsync(Sandbox.Api, cluster);

    /// <summary>Passwords change by resets; each that ever was is looked for.</summary>
    public async Task CollectSecretsAsync(RoundPlan plan)
    {
        foreach (var cluster in plan.Clusters)
        {
            foreach (var user in (await Sandbox.Api.GetAsync($"/v2/databases/{cluster}/users")).Json.GetProperty("users").EnumerateArray())
            {
                _secrets.Add(user.GetProperty("password").GetString()!);
            }
        }
    }

    /// <summary>How many of all secrets are in the database or in what the portal wrote to its log.</summary>
    public async Task<int> SecretsFoundAsync()
    {
        _secrets.Add(Sandbox.ClientSecret);
        _secrets.Add((await File.ReadAllTextAsync(Sandbox.SecretIdFile)).Trim());
        Portal.Process.Flush();
        var written = await Books.RawAsync() + await File.ReadAllTextAsync(LogFile);
        return _secrets.Count(secret => written.Contains(secret, StringComparison.Ordinal));
    }

    /// <summary>Stops the portal as an orchestrator does, and has its own command line look at the record.</summary>
    /// <returns>Whether the record is whole.</returns>
    public async Task<bool> StopAndVerifyAsync()
    {
        await Portal.Process.TerminateAsync();
        await Portal.Process.WaitForExitAsync(TimeSpan.FromSeconds(30));
        Portal.Dispose();
        using var verify = PortalProcess.Start(["audit", "verify", .. Arguments()], environment: null, LogFile + ".verify");
        await verify.WaitForExitAsync(TimeSpan.FromSeconds(60));
        return verify.ExitCode == 0;
    }

    /// <summary>For whoever looks into a round that went wrong: the portal's log and the ledger.</summary>
    public void Keep(string folder)
    {
        Directory.CreateDirectory(folder);
        Portal.Process.Flush();
        foreach (var file in new[] { LogFile, Path.Combine(_folder, "ledger.jsonl") })
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Portal?.Dispose();
        Sandbox.Dispose();
        if (Disk is not null)
        {
            await Disk.DisposeAsync();
        }

        Database.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string LogFile => Path.Combine(_folder, "portal.log");

    private string[] Arguments() => PortalHost.Arguments(
        new SandboxDoors(Sandbox.Address, new Uri($"http://localhost:{Sandbox.Address.Port}/oidc"), "pool-portal", VaultTokens.RoleId, Sandbox.SecretIdFile),
        Database,
        settings =>
        {
            // A lock that somebody else holds is met within a round, not after half a minute.
            settings["Database:ConnectionString"] += Database.Provider is "Sqlite" ? ";Default Timeout=1" : ";Command Timeout=2";
            settings["Teams:0:Uses:2:Cluster"] = "cluster-*";
            settings["Teams:0:Uses:2:Database"] = "app";
            settings["Teams:0:Uses:2:User"] = "app*";
            settings["Changes:AtATime"] = "8";
            settings["Changes:Lease"] = "00:00:01";
            settings["Logging:LogLevel:Default"] = "Debug";
        });
}
