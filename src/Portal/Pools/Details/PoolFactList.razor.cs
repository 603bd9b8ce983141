using Microsoft.AspNetCore.Components;
using Portal.Inventory;

namespace Portal.Pools.Details;

/// <summary>What is known of a pool, apart from its connection.</summary>
public sealed partial class PoolFactList
{
    [Parameter, EditorRequired]
    public ClusterFacts Cluster { get; set; } = null!;

    [Parameter, EditorRequired]
    public PoolFacts Pool { get; set; } = null!;
}
