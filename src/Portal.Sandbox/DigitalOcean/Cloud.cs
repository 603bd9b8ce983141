using System.Collections.Immutable;

namespace Portal.Sandbox.DigitalOcean;

/// <summary>The account and its clusters.</summary>
internal sealed class Cloud : IDisposable
{
    private readonly ImmutableArray<Cluster> _clusters;
    private readonly ImmutableArray<Cluster> _replicas;
    private readonly Dictionary<Guid, Cluster> _byId;

    public Cloud(SandboxOptions options)
    {
        _clusters = [.. Seeds.All(options.Clusters)];
        _replicas = [.. Seeds.Replicas(_clusters)];
        _byId = _clusters.Concat(_replicas).ToDictionary(cluster => cluster.Facts.Id);
    }

    /// <summary>What the list of clusters has. Replicas are not in it.</summary>
    public ImmutableArray<Cluster> Clusters => _clusters;

    public WireMetricsCredentials MetricsCredentials { get; } = new("metrics", Passwords.Plain());

    public IEnumerable<Cluster> WithTag(string? tag) =>
        string.IsNullOrEmpty(tag) ? _clusters : _clusters.Where(cluster => cluster.Facts.Tags.Contains(tag, StringComparer.Ordinal));

    public IEnumerable<Cluster> ReplicasOf(Cluster primary) => _replicas.Where(replica => replica.Primary == primary);

    /// <summary>A cluster, or a replica: in the paths below a cluster a replica's id stands in the place of a cluster's.</summary>
    public Cluster? Find(string id) => Guid.TryParseExact(id, "D", out var guid) ? _byId.GetValueOrDefault(guid) : null;

    public Cluster? FindByName(string name) => _clusters.FirstOrDefault(cluster => cluster.Facts.Name == name);

    public void Dispose()
    {
        foreach (var cluster in _clusters.Concat(_replicas))
        {
            cluster.Dispose();
        }
    }
}
