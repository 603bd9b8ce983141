using Portal.DigitalOcean;

namespace Portal.Commands;

/// <summary>A pool that is made to see what DigitalOcean answers, and is deleted again.</summary>
/// <param name="Name">Drawn at random, so that it is nobody's but ours.</param>
/// <param name="First">What it is made with: size 1, mode transaction.</param>
internal sealed record TrialPool(Cluster Cluster, string Name, PoolFields First)
{
    public PoolFields Larger => First with { Size = 2 };

    public PoolFields OtherMode => Larger with { Mode = PoolMode.Session };

    /// <summary>Null when the cluster has no database or no user to make a pool with.</summary>
    public static TrialPool? On(Cluster cluster)
    {
        var database = cluster.Direct.Public?.Database ?? cluster.Direct.Private?.Database ?? (cluster.DatabaseNames is [var any, ..] ? any : null);
        // Who may do less does.
        var user = cluster.Users.OrderBy(user => user.Role == "normal" ? 0 : 1).Select(user => user.Name).FirstOrDefault();
        return database is null || user is null
            ? null
            : new TrialPool(cluster, $"portal-trial-{Guid.NewGuid().ToString("N")[..8]}", new PoolFields(PoolMode.Transaction, 1, database, user));
    }
}
