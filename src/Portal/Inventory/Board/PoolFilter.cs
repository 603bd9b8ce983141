namespace Portal.Inventory;

/// <summary>Which pools a query means.</summary>
internal sealed class PoolFilter(PoolQuery query, IReadOnlyList<ClusterFacts> clusters)
{
    private readonly IReadOnlyList<string> _words = query.Words;

    // A whole name means that cluster, although others may begin with it.
    private readonly bool _isWholeName = query.Cluster is { } name && clusters.Any(cluster => Is(cluster.Name, name));

    public bool Matches(PoolRow row)
    {
        var (cluster, pool) = row;
        return (query.Cluster is null || (_isWholeName ? Is(cluster.Name, query.Cluster) : Has(cluster.Name, query.Cluster)))
            && (query.State is null || pool.State == query.State)
            && (query.Mode is null || Is(pool.ModeText, query.Mode))
            && (query.Team is null || (pool.Managed is { } managed && Is(managed.Team, query.Team)))
            && HasWords(cluster, pool);
    }

    private bool HasWords(ClusterFacts cluster, PoolFacts pool)
    {
        foreach (var word in _words)
        {
            var isThere = Has(pool.Name, word)
                || Has(pool.Database, word)
                || Has(pool.User, word)
                || Has(cluster.Name, word)
                || Has(pool.Managed?.Team, word)
                || Has(pool.Managed?.OwnerName, word);
            if (!isThere)
            {
                return false;
            }
        }

        return true;
    }

    private static bool Is(string text, string other) => string.Equals(text, other, StringComparison.OrdinalIgnoreCase);

    private static bool Has(string? text, string word) => text?.Contains(word, StringComparison.OrdinalIgnoreCase) is true;
}
