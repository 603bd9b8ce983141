using Microsoft.EntityFrameworkCore;
using Portal.Access;
using Portal.DigitalOcean;
using Portal.Storage;

namespace Portal.Inventory;

/// <summary>What is known of all clusters and pools, from the database alone: looking never causes a call.</summary>
internal sealed class InventoryQueries(Database database)
{
    public Task<IReadOnlyList<ClusterFacts>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(db => LoadAsync(db, null, cancellationToken), cancellationToken);

    public async Task<ClusterFacts?> FindAsync(Guid cluster, CancellationToken cancellationToken) =>
        (await database.ReadAsync(db => LoadAsync(db, cluster, cancellationToken), cancellationToken)).SingleOrDefault();

    public Task<ManagedPool?> FindManagedAsync(Guid cluster, string pool, CancellationToken cancellationToken) =>
        database.ReadAsync(
            db => db.Set<ManagedPool>().SingleOrDefaultAsync(row => row.ClusterId == cluster && row.Name == pool, cancellationToken),
            cancellationToken);

    private static async Task<IReadOnlyList<ClusterFacts>> LoadAsync(PortalDbContext db, Guid? only, CancellationToken cancellationToken)
    {
        var clusters = await db.Set<ClusterRecord>().Where(row => only == null || row.Id == only).OrderBy(row => row.Name).ToListAsync(cancellationToken);
        var pools = await db.Set<PoolRecord>().Where(row => only == null || row.ClusterId == only).OrderBy(row => row.Name).ToListAsync(cancellationToken);
        var managed = await db.Set<ManagedPool>().Where(row => only == null || row.ClusterId == only)
            .ToDictionaryAsync(row => (row.ClusterId, row.Name), cancellationToken);

        var poolsOf = pools.ToLookup(
            row => row.ClusterId,
            row => new PoolFacts(row.ClusterId, row.Name, row.ModeText, row.Size, row.Database, row.User, row.FirstSeenAt, managed.GetValueOrDefault((row.ClusterId, row.Name))));
        return [.. clusters.Select(row => new ClusterFacts(
            new ClusterIdentity(row.Id, row.Name, row.Tags),
            row.Status,
            row.Region,
            ClusterPlan.Parse(row.SizeSlug),
            row.Databases,
            row.Users,
            [.. poolsOf[row.Id]],
            row.PoolsReadAt))];
    }
}
