using Microsoft.AspNetCore.Components;
using Portal.Inventory;

namespace Portal.Pools.Overview;

/// <summary>All clusters with their budgets, and all pools, from the inventory: opening it causes no call.</summary>
public sealed partial class OverviewPage : IDisposable
{
    private const int FullestClusters = 6;

    private readonly CancellationTokenSource _gone = new();
    private IReadOnlyList<ClusterFacts>? _clusters;
    private IReadOnlyList<(ClusterFacts Cluster, PoolFacts Pool)> _found = [];

    /// <summary>What to look for in names, databases and users.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    private string? Search { get; set; }

    /// <summary>Which page of the list, from 1.</summary>
    [SupplyParameterFromQuery(Name = "page")]
    private int? Page { get; set; }

    [Inject]
    private InventoryQueries Inventory { get; set; } = null!;

    [Inject]
    private InventoryFeed Feed { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private IEnumerable<ClusterFacts> Fullest => _clusters!
        .OrderByDescending(cluster => cluster.Budget is { } budget ? (double)cluster.Used / budget : 0)
        .ThenBy(cluster => cluster.Name, StringComparer.Ordinal)
        .Take(FullestClusters);

    private DateTimeOffset? OldestReading => _clusters!.Min(cluster => cluster.PoolsReadAt);

    private int Number => Math.Max(1, Page ?? 1);

    protected override async Task OnInitializedAsync()
    {
        Feed.Read += OnRead;
        await LoadAsync();
    }

    protected override void OnParametersSet() => Filter();

    private async Task LoadAsync()
    {
        _clusters = await Inventory.ListAsync(_gone.Token);
        Filter();
    }

    private void Filter() => _found = [.. (_clusters ?? [])
        .SelectMany(cluster => cluster.Pools, (cluster, pool) => (cluster, pool))
        .Where(row => Matches(row.cluster, row.pool))
        .OrderBy(row => row.cluster.Name, StringComparer.Ordinal).ThenBy(row => row.pool.Name, StringComparer.Ordinal)];

    private bool Matches(ClusterFacts cluster, PoolFacts pool) => string.IsNullOrWhiteSpace(Search)
        || new[] { pool.Name, pool.Database, pool.User, cluster.Name, pool.Managed?.Team }
            .Any(text => text?.Contains(Search.Trim(), StringComparison.OrdinalIgnoreCase) is true);

    private string Address(int page, string? search) => Navigation.GetUriWithQueryParameters("/", new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["q"] = string.IsNullOrWhiteSpace(search) ? null : search.Trim(),
        ["page"] = page == 1 ? null : page,
    });

    private void Find(ChangeEventArgs typed) => Navigation.NavigateTo(Address(1, typed.Value as string), replace: true);

    private void OnRead() => _ = InvokeAsync(async () =>
    {
        try
        {
            await LoadAsync();
            StateHasChanged();
        }
        catch (OperationCanceledException)
        {
            // The page was closed while it was reading.
        }
    });

    public void Dispose()
    {
        Feed.Read -= OnRead;
        _gone.Cancel();
        _gone.Dispose();
    }
}
