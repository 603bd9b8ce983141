using Microsoft.EntityFrameworkCore;
using Portal.Changes;
using Portal.Storage;

namespace Portal.Reviews.LookAfter;

/// <summary>Changes of pools that are not finished: they wait for a review, or are being carried out.</summary>
internal static class OpenChanges
{
    /// <returns>The latest of each pool that has one.</returns>
    public static async Task<IReadOnlyDictionary<PoolKey, long>> OfAsync(PortalDbContext db, IReadOnlyCollection<PoolKey> pools, CancellationToken cancellationToken)
    {
        // By names over all of the clusters: a few rows more than asked for, which nobody looks up.
        var names = pools.Select(pool => pool.Name).Distinct(StringComparer.Ordinal).ToList();
        var finished = ChangeStates.Finished;
        var open = await db.Set<PoolChange>()
            .Where(change => names.Contains(change.PoolName) && !finished.Contains(change.State))
            .Select(change => new { change.ClusterId, change.PoolName, change.Id })
            .ToListAsync(cancellationToken);
        return open.GroupBy(change => new PoolKey(change.ClusterId, change.PoolName)).ToDictionary(same => same.Key, same => same.Max(change => change.Id));
    }
}
