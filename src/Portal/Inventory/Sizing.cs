using Portal.DigitalOcean;

namespace Portal.Inventory;

/// <summary>How large a pool should be, from the plan's processors and what other pools already take of them.</summary>
/// <remarks>
/// A PostgreSQL server works on about twice as many queries at once as it has processors, plus one for the disk
/// (<see href="https://wiki.postgresql.org/wiki/Number_Of_Database_Connections"/>). That figure is for all active pools together.
/// </remarks>
internal static class Sizing
{
    public const int Smallest = 2;

    /// <summary>The size to offer, or null when nothing is left, or when the plan is unknown.</summary>
    public static int? Recommend(ClusterPlan plan, int used)
    {
        if (plan is not { Budget: { } budget, VirtualCpus: { } processors } || budget - used <= 0)
        {
            return null;
        }

        var wanted = Math.Max(Smallest, (processors * 2) + 1 - used);
        return Math.Min(budget - used, wanted);
    }
}
