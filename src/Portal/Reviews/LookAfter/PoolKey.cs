using Portal.Connections;
using Portal.DigitalOcean;
using Portal.Inventory;

namespace Portal.Reviews.LookAfter;

/// <summary>Names a pool.</summary>
public readonly record struct PoolKey(Guid ClusterId, string Name)
{
    public static PoolKey Of(PoolFacts pool) => new(pool.ClusterId, pool.Name);

    public static PoolKey Of(ManagedPool pool) => new(pool.ClusterId, pool.Name);
}

/// <summary>A pool as somebody chose it from the list: what they saw is what is changed, or nothing.</summary>
/// <param name="FormId">Made when it was chosen, so that a double click is one change.</param>
public sealed record ChosenPool(PoolKey Key, string ClusterName, string Team, PoolFields Before, Guid FormId)
{
    /// <summary>As in the row: <see cref="CareRow.LastCopied"/>.</summary>
    public HandedOutTo? LastCopied { get; init; }

    /// <summary>As in the row: <see cref="CareRow.InUse"/>.</summary>
    public SeenInUse? InUse { get; init; }
}
