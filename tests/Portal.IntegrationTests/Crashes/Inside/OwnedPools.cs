using Portal.DigitalOcean;
using Portal.Inventory;
using Portal.Storage;

namespace Portal.IntegrationTests.Crashes;

/// <summary>Pools that the portal answers for as if they had been made here before.</summary>
internal static class OwnedPools
{
    public static async Task WriteAsync(InventoryReader inventory, Database database, IReadOnlyList<OwnedPool> pools, DateTimeOffset now)
    {
        foreach (var cluster in pools.Select(pool => pool.Cluster).Distinct())
        {
            await inventory.ReadClusterAsync(cluster, CancellationToken.None);
        }

        await database.WriteAsync(
            (db, _) =>
            {
                db.AddRange(pools.Select(pool => new ManagedPool
                {
                    ClusterId = pool.Cluster,
                    Name = pool.Name,
                    Team = "Payments",
                    OwnerId = "test|developer",
                    OwnerName = "developer",
                    Mode = PoolModes.Parse(pool.Mode)!.Value,
                    Size = pool.Size,
                    Database = pool.Database,
                    User = pool.User,
                    ManagedSince = now,
                    LastChangeId = 0,
                    LastChangedAt = now,
                }));
                return Task.CompletedTask;
            },
            CancellationToken.None);
    }
}
