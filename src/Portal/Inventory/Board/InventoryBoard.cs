namespace Portal.Inventory;

/// <summary>The inventory in memory: one for all pages, which look at it as often as they like.</summary>
/// <remarks>Made for 1,000 clusters and 20,000 pools: a page that is open holds the rows it shows, and nothing else.</remarks>
internal sealed class InventoryBoard : IDisposable
{
    private static readonly TimeSpan BetweenPulses = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly ITimer _pulse;
    private ClusterFacts[] _clusters = [];
    private BoardView _view = new([], 0);
    private bool _isLoaded;
    private bool _isPulseDue;

    public InventoryBoard(TimeProvider clock) =>
        _pulse = clock.CreateTimer(_ => Beat(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Something may look different: at most once a second, however much is read meanwhile.</summary>
    public event Action? Moved;

    public bool IsLoaded => Volatile.Read(ref _isLoaded);

    public BoardView View => Volatile.Read(ref _view);

    /// <summary>Takes over everything. What has not changed stays the same object.</summary>
    public void Replace(IReadOnlyList<ClusterFacts> all)
    {
        lock (_lock)
        {
            var known = _clusters.ToDictionary(cluster => cluster.Id);
            var taken = all.Select(cluster => Taken(known.GetValueOrDefault(cluster.Id), cluster)).ToList();
            Show([.. InOrder(taken.Select(one => one.Cluster))], taken.Count == known.Count && taken.All(one => one.IsSame));
            Volatile.Write(ref _isLoaded, true);
        }
    }

    /// <summary>Takes over one cluster; null when there is none of this id any more.</summary>
    public void Put(Guid id, ClusterFacts? cluster)
    {
        lock (_lock)
        {
            var place = Array.FindIndex(_clusters, known => known.Id == id);
            var known = place < 0 ? null : _clusters[place];
            if (cluster is null || known?.Name != cluster.Name)
            {
                Show([.. InOrder(_clusters.Where(other => other.Id != id).Concat(cluster is null ? [] : [cluster]))], isSame: cluster is null && known is null);
                return;
            }

            // A copy with one place changed: views that are looked at stay as they are.
            var (taken, isSame) = Taken(known, cluster);
            var clusters = _clusters.ToArray();
            clusters[place] = taken;
            Show(clusters, isSame);
        }
    }

    /// <summary>How the readings go has changed, though not what they found.</summary>
    public void Stir()
    {
        lock (_lock)
        {
            Schedule();
        }
    }

    public void Dispose() => _pulse.Dispose();

    private static IEnumerable<ClusterFacts> InOrder(IEnumerable<ClusterFacts> clusters) =>
        clusters.OrderBy(cluster => cluster.Name, StringComparer.OrdinalIgnoreCase).ThenBy(cluster => cluster.Id);

    // The pools keep their places in memory, so that a page sees at a glance that its rows are the same.
    private static (ClusterFacts Cluster, bool IsSame) Taken(ClusterFacts? known, ClusterFacts fresh) =>
        known is not null && known.HasContentOf(fresh) ? (fresh with { Pools = known.Pools }, true) : (fresh, false);

    private void Show(ClusterFacts[] clusters, bool isSame)
    {
        _clusters = clusters;
        Volatile.Write(ref _view, new BoardView(clusters, isSame ? _view.Version : _view.Version + 1));
        Schedule();
    }

    private void Schedule()
    {
        if (!_isPulseDue)
        {
            _isPulseDue = true;
            _pulse.Change(BetweenPulses, Timeout.InfiniteTimeSpan);
        }
    }

    private void Beat()
    {
        lock (_lock)
        {
            _isPulseDue = false;
        }

        Moved?.Invoke();
    }
}
