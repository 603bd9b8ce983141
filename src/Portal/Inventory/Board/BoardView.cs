namespace Portal.Inventory;

/// <summary>A pool and its cluster, as rows of lists need them.</summary>
public readonly record struct PoolRow(ClusterFacts Cluster, PoolFacts Pool);

/// <summary>One page of a list.</summary>
/// <param name="Total">How many rows all pages have.</param>
/// <param name="Number">Which page it is, from 1: the last one when a later one was asked for.</param>
public sealed record PoolPage(IReadOnlyList<PoolRow> Rows, int Total, int Number)
{
    public const int Size = 50;

    public int Pages => Math.Max(1, (Total + Size - 1) / Size);

    /// <summary>Whether somebody who looks at the one would see no difference in the other.</summary>
    public bool LooksLike(PoolPage other) =>
        (Total, Number, Rows.Count) == (other.Total, other.Number, other.Rows.Count)
        && Rows.Zip(other.Rows).All(pair => LookAlike(pair.First, pair.Second));

    private static bool LookAlike(PoolRow one, PoolRow other) =>
        one.Cluster.Id == other.Cluster.Id
        && one.Cluster.Name == other.Cluster.Name
        && one.Cluster.ReplicaWords == other.Cluster.ReplicaWords
        && (ReferenceEquals(one.Pool, other.Pool) || one.Pool.HasContentOf(other.Pool));
}

/// <summary>All clusters and pools at one moment. It never changes, and every page that is open looks at the same one.</summary>
/// <param name="clusters">By name.</param>
/// <param name="version">Another one when something else than the times of readings differs.</param>
internal sealed class BoardView(IReadOnlyList<ClusterFacts> clusters, long version)
{
    // Found when somebody asks, and once for all who do: most views are replaced before anybody has looked.
    private readonly Lazy<int> _poolCount = new(() => clusters.Sum(cluster => cluster.Pools.Count));
    private readonly Lazy<int> _unread = new(() => clusters.Count(cluster => cluster.PoolsReadAt is null));
    private readonly Lazy<DateTimeOffset?> _oldestReading = new(() => clusters.Min(cluster => cluster.PoolsReadAt));
    private readonly Lazy<IReadOnlyList<string>> _teams = new(() =>
        [.. clusters.SelectMany(cluster => cluster.Pools).Select(pool => pool.Managed?.Team).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.OrdinalIgnoreCase)]);

    public IReadOnlyList<ClusterFacts> Clusters => clusters;

    public long Version => version;

    public int PoolCount => _poolCount.Value;

    /// <summary>How old the list is at worst; null while a cluster's pools were never read.</summary>
    public DateTimeOffset? OldestReading => Unread > 0 ? null : _oldestReading.Value;

    /// <summary>Clusters of which nothing was read but that they are there.</summary>
    public int Unread => _unread.Value;

    /// <summary>The teams that have a pool.</summary>
    public IReadOnlyList<string> Teams => _teams.Value;

    public ClusterFacts? Find(Guid cluster)
    {
        foreach (var known in clusters)
        {
            if (known.Id == cluster)
            {
                return known;
            }
        }

        return null;
    }

    public IEnumerable<ClusterFacts> ReplicasOf(Guid cluster) => clusters.Where(known => known.PrimaryId == cluster);

    /// <summary>The fullest clusters, or the fullest of those whose names have all the words.</summary>
    /// <param name="words">None for all clusters.</param>
    public IReadOnlyList<ClusterFacts> Fullest(int count, IReadOnlyList<string> words) =>
        [.. clusters
            .Where(cluster => words.All(word => Has(cluster.Name, word)))
            .OrderByDescending(cluster => cluster.Budget is > 0 and var budget ? (double)cluster.Used / budget : 0)
            .ThenBy(cluster => cluster.Name, StringComparer.OrdinalIgnoreCase)
            .Take(count)];

    public PoolPage Find(PoolQuery query)
    {
        if (query is { IsFiltered: false, Sort: PoolSort.Cluster, IsDescending: false })
        {
            // What most people open: nothing to compare, nothing to sort.
            return Cut(InOrder(), PoolCount, query.Page);
        }

        var rows = All(query);
        return Cut(rows, rows.Count, query.Page);
    }

    /// <summary>Every row of a query, in its order.</summary>
    public IReadOnlyList<PoolRow> All(PoolQuery query)
    {
        var filter = new PoolFilter(query, clusters);
        List<PoolRow> rows = [.. InOrder().Where(filter.Matches)];
        return PoolOrder.Of(query) is { } order ? [.. rows.Order(order)] : rows;
    }

    private IEnumerable<PoolRow> InOrder() => clusters.SelectMany(cluster => cluster.Pools, (cluster, pool) => new PoolRow(cluster, pool));

    private static PoolPage Cut(IEnumerable<PoolRow> rows, int total, int page)
    {
        var number = Math.Min(page, Math.Max(1, (total + PoolPage.Size - 1) / PoolPage.Size));
        return new PoolPage([.. rows.Skip((number - 1) * PoolPage.Size).Take(PoolPage.Size)], total, number);
    }

    private static bool Has(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);
}
