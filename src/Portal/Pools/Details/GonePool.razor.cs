using Microsoft.AspNetCore.Components;
using Portal.Changes;
using Portal.Inventory;

namespace Portal.Pools.Details;

/// <summary>In the place of a pool that is not there.</summary>
public sealed partial class GonePool
{
    /// <summary>What the portal answered for, when the pool went without its doing.</summary>
    [Parameter]
    public ManagedPool? Vanished { get; set; }

    [Parameter, EditorRequired]
    public IReadOnlyList<PoolChange> History { get; set; } = [];

    /// <summary>The latest change that knows what the pool was.</summary>
    private PoolChange? Again => History.FirstOrDefault(change => change is { State: ChangeState.Done, Kind: not ChangeKind.ResetPassword });
}
