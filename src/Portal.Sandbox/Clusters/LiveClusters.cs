using System.Security.Cryptography;
using Portal.Sandbox.DigitalOcean;

namespace Portal.Sandbox.Clusters;

/// <summary>Starts what can be started behind the clusters, and ends it.</summary>
internal sealed partial class LiveClusters(Cloud cloud, SandboxOptions options, ILogger<LiveClusters> logger) : IAsyncDisposable
{
    private static readonly Guid[] Wanted = [SandboxClusters.OrdersProd, SandboxClusters.PaymentsStaging];
    private readonly CancellationTokenSource _stop = new();
    private Task _starting = Task.CompletedTask;

    /// <summary>Whether clusters are, or are about to be, live.</summary>
    public bool IsLive => WhyNot is null;

    /// <summary>Why there are none.</summary>
    public string? WhyNot { get; private set; }

    public Binaries? Binaries { get; private set; }

    public bool IsReady => _starting.IsCompleted;

    /// <summary>Ends when every cluster is up, or has failed to.</summary>
    public Task Ready => _starting;

    /// <summary>Gives the clusters their addresses and begins to start them; does not wait for it.</summary>
    public void Begin()
    {
        var user = FindWhatIsNeeded();
        if (user is null || Binaries is not { } binaries)
        {
            if (options.Live)
            {
                NotLive(logger, WhyNot!);
            }

            return;
        }

        var range = options.PoolPortRange();
        var run = RandomNumberGenerator.GetHexString(8, lowercase: true);
        List<Task> starts = [];
        foreach (var (index, cluster) in Wanted.Select(id => cloud.Find(id.ToString())!).Index())
        {
            var (poolPort, directPort) = range is { First: var first }
                ? (first + (2 * index), first + (2 * index) + 1)
                : (FreePorts.Next(), FreePorts.Next());
            var folder = Path.Combine(Path.GetFullPath(options.DataFolder ?? Path.GetTempPath()), $"pool-sandbox-{run}-{cluster.Facts.Name}");
            cluster.Address = ClusterAddress.Here(cluster.Facts, options.AdvertisedHost ?? "localhost", directPort, poolPort);
            cluster.RunningVersion = binaries.PostgresVersion;
            var live = Task.Run(() => StartAsync(cluster, binaries, user, folder));
            cluster.Live = live;
            starts.Add(live);
        }

        _starting = Task.WhenAll(starts);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var cluster in Wanted.Select(id => cloud.Find(id.ToString())!))
        {
            if (await cluster.Live is { } live)
            {
                await live.DisposeAsync();
            }
        }

        _stop.Dispose();
    }

    private ServiceUser? FindWhatIsNeeded()
    {
        if (!options.Live || OperatingSystem.IsWindows())
        {
            WhyNot = options.Live ? "Live clusters need Linux or macOS." : "Switched off by Sandbox:Live.";
            return null;
        }

        (Binaries, WhyNot) = Binaries.Find(options.BinaryFolders);
        if (WhyNot is not null)
        {
            return null;
        }

        (var user, WhyNot) = ServiceUser.Find();
        return user;
    }

    private async Task<LiveCluster?> StartAsync(Cluster cluster, Binaries binaries, ServiceUser user, string folder)
    {
        try
        {
            return await LiveCluster.StartAsync(cluster, binaries, user, folder, Listen(), options.StatsUserNames, _stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return null;
        }
#pragma warning disable CA1031 // Whatever keeps a cluster from starting, the API is served without it, and says so.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            WhyNot = exception.Message;
            cluster.Address = ClusterAddress.Elsewhere(cluster.Facts);
            cluster.RunningVersion = null;
            NotLive(logger, exception.Message);
            return null;
        }
    }

    private string Listen() => options.BindAddress is SandboxOptions.Loopback && FreePorts.HasLoopback6
        ? $"{SandboxOptions.Loopback},::1"
        : options.BindAddress;

    [LoggerMessage(10, LogLevel.Warning, "The API is served without live clusters: {Why}")]
    private static partial void NotLive(ILogger logger, string why);
}
