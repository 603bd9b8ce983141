using Microsoft.AspNetCore.Components;
using Portal.Inventory;

namespace Portal.Pools.Details;

/// <summary>A managed pool that does not look as its last change left it.</summary>
public sealed partial class DriftPanel
{
    [Parameter, EditorRequired]
    public PoolFacts Pool { get; set; } = null!;

    [Parameter, EditorRequired]
    public bool MayPutBack { get; set; }

    [Parameter, EditorRequired]
    public bool MayTakeOver { get; set; }

    private ManagedPool Managed => Pool.Managed!;

    private string Address => PoolAddresses.Of(Pool.ClusterId, Pool.Name);
}
