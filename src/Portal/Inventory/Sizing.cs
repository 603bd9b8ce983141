using Portal.DigitalOcean;

namespace Portal.Inventory;

/// <summary>How large a pool should be: by the plan's processors and what other pools already take of them, or by what an app does.</summary>
/// <remarks>
/// A PostgreSQL server works on about twice as many queries at once as it has processors, plus one for the disk
/// (<see href="https://wiki.postgresql.org/wiki/Number_Of_Database_Connections"/>). That figure is for all active pools together.
/// </remarks>
internal static class Sizing
{
    public const int Smallest = 2;

    /// <summary>A mean says nothing of the moments above it: half as many again.</summary>
    private const decimal RoomForPeaks = 1.5m;

    /// <summary>From about five queries a processor on, more of them at once are not done sooner.</summary>
    private const int BusyPerProcessor = 5;

    /// <summary>The size to offer, or null when nothing is left, or when the plan is unknown.</summary>
    /// <param name="used">Server connections of all other pools.</param>
    public static int? Recommend(ClusterPlan plan, int used)
    {
        if (plan is not { Budget: { } budget, VirtualCpus: { } processors } || budget - used <= 0)
        {
            return null;
        }

        var wanted = Math.Max(Smallest, (processors * 2) + 1 - used);
        return Math.Min(budget - used, wanted);
    }

    /// <summary>DigitalOcean's own advice for a first pool, half of the budget: an upper hint, which only two pools of a cluster could follow.</summary>
    /// <seealso href="https://docs.digitalocean.com/products/databases/postgresql/how-to/manage-connection-pools/"/>
    public static int? UpperHint(ClusterPlan plan) => plan.Budget / 2;

    /// <summary>As many queries of all pools at once as the processors get through without slowing each other down; advice only.</summary>
    public static int? Busy(ClusterPlan plan) => plan.VirtualCpus * BusyPerProcessor;

    /// <summary>Little's law: what is at work on average is rate × duration. At least 1.</summary>
    /// <param name="perSecond">Transactions a second at the busiest time.</param>
    /// <param name="milliseconds">How long one of them takes on average.</param>
    public static int ForTraffic(decimal perSecond, decimal milliseconds) =>
        Math.Max(1, (int)decimal.Ceiling(perSecond * milliseconds / 1000 * RoomForPeaks));

    /// <summary>In session mode each client that is connected holds a server connection, so all that can be open have to fit.</summary>
    public static int ForSessions(int instances, int connectionsEach) => instances * connectionsEach;
}
