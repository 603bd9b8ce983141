using Portal.Controls;
using Portal.Inventory;

namespace Portal.Pools;

/// <summary>How a pool's state is said and coloured, everywhere.</summary>
internal static class PoolLook
{
    public static StatusKind KindOf(PoolFacts pool) => pool.State switch
    {
        PoolState.Live => StatusKind.Success,
        PoolState.Drift => StatusKind.Warning,
        _ => StatusKind.Neutral,
    };

    public static string WordOf(PoolFacts pool) => pool.State.ToString().ToLowerInvariant();
}
