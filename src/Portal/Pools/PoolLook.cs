using Portal.Controls;
using Portal.Inventory;

namespace Portal.Pools;

/// <summary>How a pool's state is said and coloured, everywhere.</summary>
internal static class PoolLook
{
    public static StatusKind KindOf(PoolFacts pool) => pool switch
    {
        { Managed: null } => StatusKind.Neutral,
        { HasDrifted: true } => StatusKind.Warning,
        _ => StatusKind.Success,
    };

    public static string WordOf(PoolFacts pool) => pool switch
    {
        { Managed: null } => "unmanaged",
        { HasDrifted: true } => "drift",
        _ => "live",
    };
}
