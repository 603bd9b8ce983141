using Microsoft.AspNetCore.Components;
using Portal.Controls;
using Portal.Inventory;

namespace Portal.Pools.Overview;

/// <summary>Pools in rows, a page at a time.</summary>
public sealed partial class PoolTable
{
    /// <summary>Rows in a page: more cost memory in every open circuit.</summary>
    private const int PageSize = 50;

    [Parameter, EditorRequired]
    public IReadOnlyList<(ClusterFacts Cluster, PoolFacts Pool)> Rows { get; set; } = null!;

    /// <summary>From 1.</summary>
    [Parameter, EditorRequired]
    public int Page { get; set; }

    [Parameter]
    public string? Search { get; set; }

    /// <summary>The address of another page of the same search.</summary>
    [Parameter, EditorRequired]
    public Func<int, string?, string> AddressOf { get; set; } = null!;

    private static StatusKind KindOf(PoolFacts pool) => pool switch
    {
        { Managed: null } => StatusKind.Neutral,
        { HasDrifted: true } => StatusKind.Warning,
        _ => StatusKind.Success,
    };

    private static string WordOf(PoolFacts pool) => pool switch
    {
        { Managed: null } => "unmanaged",
        { HasDrifted: true } => "drift",
        _ => "live",
    };
}
