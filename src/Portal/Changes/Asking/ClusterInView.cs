using Portal.Inventory;

namespace Portal.Changes;

/// <summary>A cluster as a decision sees it: what stands there, and what is on its way.</summary>
/// <param name="OnTheWay">Server connections that other changes, approved and not finished, will add.</param>
public sealed record ClusterInView(ClusterFacts Facts, int OnTheWay)
{
    /// <summary>The same by team, for those that have any.</summary>
    public IReadOnlyDictionary<string, int> OnTheWayOf { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    public int Taken => Facts.Used + OnTheWay;

    /// <summary>Server connections that a new pool may have; null when the plan is unknown.</summary>
    public int? Free => Facts.Budget - Taken;

    /// <summary>Server connections of a team's pools, with those on their way.</summary>
    public int TakenBy(string team) => Facts.Pools.Where(pool => pool.Managed?.Team == team).Sum(pool => pool.Size) + OnTheWayOf.GetValueOrDefault(team);
}
