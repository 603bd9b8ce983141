using Microsoft.AspNetCore.Components;
using Portal.Inventory;

namespace Portal.Pools.Overview;

/// <summary>What of the list is shown. It changes nothing by itself: what is chosen goes into the address, and comes back from there.</summary>
public sealed partial class PoolFilters
{
    private static readonly IReadOnlyList<string> Modes = ["transaction", "session", "statement"];
    private static readonly IReadOnlyList<string> States = [.. Enum.GetNames<PoolState>().Select(name => name.ToLowerInvariant())];
    private static readonly IReadOnlyList<string> Orders = [.. Enum.GetNames<PoolSort>().Select(name => name.ToLowerInvariant())];

    [Parameter, EditorRequired]
    public PoolQuery Query { get; set; } = null!;

    /// <summary>The clusters to choose from; none when there are too many to choose from.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> ClusterNames { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Teams { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<PoolQuery> OnChanged { get; set; }

    /// <summary>What stands at the end of the line.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    private Task ChangeAsync(PoolQuery query) => OnChanged.InvokeAsync(query with { Page = 1 });

    private static PoolState? StateOf(string? text) => Enum.TryParse<PoolState>(text, ignoreCase: true, out var state) ? state : null;

    private static PoolSort OrderOf(string? text) => Enum.TryParse<PoolSort>(text, ignoreCase: true, out var order) ? order : PoolSort.Cluster;
}
