using Microsoft.EntityFrameworkCore;
using Portal.Access;
using Portal.DigitalOcean;
using Portal.Storage;

namespace Portal.Inventory;

/// <summary>The inventory as the database has it at this moment.</summary>
internal sealed class InventoryTables(Database database)
{
    /// <summary>By name.</summary>
    public Task<IReadOnlyList<ClusterFacts>> LoadAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(db => LoadAsync(db, only: null, cancellationToken), cancellationToken);

    public async Task<ClusterFacts?> LoadAsync(Guid cluster, CancellationToken cancellationToken) =>
        await database.ReadAsync(db => LoadAsync(db, cluster, cancellationToken), cancellationToken);

    /// <summary>As the transaction of this context sees it.</summary>
    public static async Task<ClusterFacts?> LoadAsync(PortalDbContext db, Guid cluster, CancellationToken cancellationToken) =>
        (await LoadAsync(db, (Guid?)cluster, cancellationToken)).SingleOrDefault();

    private static async Task<IReadOnlyList<ClusterFacts>> LoadAsync(PortalDbContext db, Guid? only, CancellationToken cancellationToken)
    {
        var clusters = await db.Set<ClusterRecord>().AsNoTracking().Where(row => only == null || row.Id == only).OrderBy(row => row.Name).ToListAsync(cancellationToken);
        var pools = await db.Set<PoolRecord>().AsNoTracking().Where(row => only == null || row.ClusterId == only).ToListAsync(cancellationToken);
        var managed = await db.Set<ManagedPool>().AsNoTracking().Where(row => only == null || row.ClusterId == only)
            .ToDictionaryAsync(row => (row.ClusterId, row.Name), cancellationToken);
        var names = clusters.ToDictionary(row => row.Id, row => row.Name);
        if (only is not null && clusters is [{ PrimaryId: { } primary }])
        {
            names[primary] = await db.Set<ClusterRecord>().Where(row => row.Id == primary).Select(row => row.Name).SingleOrDefaultAsync(cancellationToken) ?? "";
        }

        var poolsOf = pools.ToLookup(
            row => row.ClusterId,
            row => new PoolFacts(row.ClusterId, row.Name, row.ModeText, row.Size, row.Database, row.User, row.FirstSeenAt, managed.GetValueOrDefault((row.ClusterId, row.Name))));
        return [.. clusters.Select(row => FactsOf(row, [.. poolsOf[row.Id].OrderBy(pool => pool.Name, StringComparer.OrdinalIgnoreCase)], names))];
    }

    private static ClusterFacts FactsOf(ClusterRecord row, IReadOnlyList<PoolFacts> pools, Dictionary<Guid, string> names) =>
        new(
            new ClusterIdentity(row.Id, row.Name, row.Tags),
            row.Status,
            row.Region,
            ClusterPlan.Parse(row.SizeSlug),
            row.Databases,
            row.Users,
            pools,
            row.PoolsReadAt)
        {
            PrimaryId = row.PrimaryId,
            PrimaryName = row.PrimaryId is { } primary ? names.GetValueOrDefault(primary) : null,
            SizeSlug = row.SizeSlug,
            ReplicasReadAt = row.ReplicasReadAt,
        };
}
