using System.Collections.Immutable;

namespace Portal.Sandbox.DigitalOcean;

/// <summary>The account and its clusters.</summary>
internal sealed class Cloud : IDisposable
{
    private readonly ImmutableArray<Cluster> _clusters;
    private readonly Dictionary<Guid, Cluster> _byId;

    public Cloud(SandboxOptions options)
    {
        _clusters = [.. Seeds.All(options.Clusters)];
        _byId = _clusters.ToDictionary(cluster => cluster.Facts.Id);
    }

    public ImmutableArray<Cluster> Clusters => _clusters;

    public WireMetricsCredentials MetricsCredentials { get; } = new("metrics", Passwords.Plain());

    public IEnumerable<Cluster> WithTag(string? tag) =>
        string.IsNullOrEmpty(tag) ? _clusters : _clusters.Where(cluster => cluster.Facts.Tags.Contains(tag, StringComparer.Ordinal));

    public Cluster? Find(string id) => Guid.TryParseExact(id, "D", out var guid) ? _byId.GetValueOrDefault(guid) : null;

    public Cluster? FindByName(string name) => _clusters.FirstOrDefault(cluster => cluster.Facts.Name == name);

    public void Dispose()
    {
        foreach (var cluster in _clusters)
        {
            cluster.Dispose();
        }
    }
}
