using Microsoft.AspNetCore.Components;
using Portal.Inventory;

namespace Portal.Pools.Details;

/// <summary>One pool: whose it is, and its connection.</summary>
public sealed partial class DetailsPage : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private ClusterFacts? _cluster;
    private bool _isLoaded;

    /// <summary>The cluster's id.</summary>
    [Parameter]
    public Guid ClusterId { get; set; }

    /// <summary>The pool's name.</summary>
    [Parameter]
    public string Name { get; set; } = "";

    [Inject]
    private InventoryQueries Inventory { get; set; } = null!;

    private PoolFacts? Pool => _cluster?.Pools.FirstOrDefault(pool => pool.Name == Name);

    protected override async Task OnParametersSetAsync()
    {
        _cluster = await Inventory.FindAsync(ClusterId, _gone.Token);
        _isLoaded = true;
    }

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }
}
