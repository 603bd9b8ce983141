using System.Collections.Immutable;
using Portal.Sandbox.Clusters;

namespace Portal.Sandbox.DigitalOcean;

internal sealed record Pool(string Name, string Mode, int Size, string Database, string User)
{
    /// <summary>Sessions connect to the database as whoever comes in.</summary>
    public bool IsInbound => User.Length == 0;
}

internal sealed record DatabaseUser(string Name, string Password)
{
    public const string Primary = "doadmin";

    public string Role => Name == Primary ? "primary" : "normal";

    /// <summary>A record prints its members; this one must not.</summary>
    public override string ToString() => Name;
}

/// <summary>What can change in a cluster, as it is at one moment.</summary>
internal sealed record ClusterContents(ImmutableArray<string> Databases, ImmutableArray<DatabaseUser> Users, ImmutableArray<Pool> Pools)
{
    public Pool? Pool(string name) => Pools.FirstOrDefault(pool => pool.Name == name);

    public DatabaseUser? User(string name) => Users.FirstOrDefault(user => user.Name == name);
}

/// <summary>What never changes in a cluster.</summary>
internal sealed record ClusterFacts
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public string Engine { get; init; } = "pg";

    public string Version { get; init; } = "16";

    public string SemanticVersion { get; init; } = "16.9";

    public int NumNodes { get; init; } = 1;

    public required string Size { get; init; }

    public required int Gibibytes { get; init; }

    public string Region { get; init; } = "fra1";

    public ImmutableArray<string> Tags { get; init; } = [];

    public ImmutableArray<WireRule> Rules { get; init; } = [];

    /// <summary>A private network is one more host name for the same cluster.</summary>
    public bool HasPrivateNetwork { get; init; }

    public DateTimeOffset CreatedAt { get; init; } = new(2025, 3, 4, 9, 30, 0, TimeSpan.Zero);

    public bool IsPostgreSql => Engine == "pg";

    /// <summary>Server connections for all pools and direct connections together (DigitalOcean, PostgreSQL limits).</summary>
    public int Budget => Math.Min((25 * Gibibytes) - 3, 997);
}

/// <summary>A cluster: what it is, what is in it, where it is, and the processes behind it if it is live.</summary>
/// <param name="facts">What never changes.</param>
/// <param name="contents">What is in it at the start; of a replica only the pools count.</param>
/// <param name="status">online, resizing and so on.</param>
/// <param name="primary">The cluster that a replica follows: databases, users and the authority of its certificate are the primary's.</param>
internal sealed class Cluster(ClusterFacts facts, ClusterContents contents, string status, Cluster? primary = null) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Lazy<CertificateAuthority> _authority = new(() => CertificateAuthority.Create(facts.Name));
    private volatile string _status = status;
    private volatile ClusterContents _contents = contents;
    private volatile ClusterAddress _address = ClusterAddress.Elsewhere(facts);

    public ClusterFacts Facts => facts;

    public Cluster? Primary => primary;

    public ClusterContents Contents => primary is null
        ? _contents
        : _contents with { Databases = primary.Contents.Databases, Users = primary.Contents.Users };

    public CertificateAuthority Authority => primary?.Authority ?? _authority.Value;

    public string Status
    {
        get => _status;
        set => _status = value;
    }

    public ClusterAddress Address
    {
        get => _address;
        set => _address = value;
    }

    /// <summary>The version of PostgreSQL that really runs, where one does.</summary>
    public Version? RunningVersion { get; set; }

    /// <summary>The processes behind the cluster, once there are any. A cluster without them is made of words only.</summary>
    public Task<LiveCluster?> Live { get; set; } = Task.FromResult<LiveCluster?>(null);

    /// <summary>
    /// One change after the other: decides on the contents as they are, lets the processes follow, and only then shows the new contents.
    /// </summary>
    public async Task<ApiProblem?> ChangeAsync(
        Func<ClusterContents, (ClusterContents? After, ApiProblem? Problem)> decide,
        Func<LiveCluster, ClusterContents, Task> follow)
    {
        var live = await Live;
        await _gate.WaitAsync();
        try
        {
            var (after, problem) = decide(Contents);
            if (after is null)
            {
                return problem;
            }

            if (live is not null)
            {
                await follow(live, after);
            }

            _contents = after;
            return null;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose()
    {
        _gate.Dispose();
        if (_authority.IsValueCreated)
        {
            _authority.Value.Dispose();
        }
    }
}
