using Microsoft.EntityFrameworkCore;
using Portal.DigitalOcean;
using Portal.Storage;

namespace Portal.Inventory;

/// <summary>Reads DigitalOcean and writes down what it said. Costs calls; pages that only look use <see cref="InventoryQueries"/>.</summary>
internal sealed class InventoryReader(DigitalOceanClient api, Database database, InventoryQueries inventory, InventoryFeed feed, TimeProvider clock)
{
    /// <summary>One call: all clusters, without their pools. Clusters that are gone leave the inventory with their pools.</summary>
    public async Task<ApiFailure?> ReadClustersAsync(CancellationToken cancellationToken)
    {
        var answer = await api.ListClustersAsync(cancellationToken);
        if (!answer.TryGet(out var clusters, out var failure))
        {
            return failure;
        }

        var now = clock.GetUtcNow();
        var offered = clusters.Where(cluster => cluster.IsPostgreSql).ToList();
        await database.WriteAsync(
            async (db, token) =>
            {
                await Database.LockAsync(db, WriteLock.Inventory, token);
                var known = await db.Set<ClusterRecord>().ToDictionaryAsync(row => row.Id, token);
                foreach (var cluster in offered)
                {
                    Keep(db, known.GetValueOrDefault(cluster.Id), cluster, now);
                    known.Remove(cluster.Id);
                }

                var gone = known.Keys.ToList();
                db.RemoveRange(known.Values);
                await db.Set<PoolRecord>().Where(pool => gone.Contains(pool.ClusterId)).ExecuteDeleteAsync(token);
            },
            cancellationToken);
        feed.Changed();
        return null;
    }

    /// <summary>Two calls: one cluster and its pools, as they are at this moment.</summary>
    public async Task<Result<ClusterFacts, ApiFailure>> ReadClusterAsync(Guid id, CancellationToken cancellationToken)
    {
        var clusterAsked = api.GetClusterAsync(id, cancellationToken);
        var poolsAsked = api.ListPoolsAsync(id, cancellationToken);
        var clusterAnswer = await clusterAsked;
        var poolsAnswer = await poolsAsked;
        if (!clusterAnswer.TryGet(out var cluster, out var failure) || !poolsAnswer.TryGet(out var pools, out failure))
        {
            return failure;
        }

        var now = clock.GetUtcNow();
        await database.WriteAsync(
            async (db, token) =>
            {
                await Database.LockAsync(db, WriteLock.Inventory, token);
                Keep(db, await db.Set<ClusterRecord>().FindAsync([id], token), cluster, now).PoolsReadAt = now;
                await KeepPoolsAsync(db, id, pools, now, token);
            },
            cancellationToken);
        feed.Changed();
        return (await inventory.FindAsync(id, cancellationToken))!;
    }

    /// <summary>One call: the pools of a cluster that is known.</summary>
    public async Task<ApiFailure?> ReadPoolsAsync(Guid id, CancellationToken cancellationToken)
    {
        var answer = await api.ListPoolsAsync(id, cancellationToken);
        if (!answer.TryGet(out var pools, out var failure))
        {
            return failure;
        }

        var now = clock.GetUtcNow();
        await database.WriteAsync(
            async (db, token) =>
            {
                await Database.LockAsync(db, WriteLock.Inventory, token);
                if (await db.Set<ClusterRecord>().FindAsync([id], token) is { } cluster)
                {
                    cluster.PoolsReadAt = now;
                    await KeepPoolsAsync(db, id, pools, now, token);
                }
            },
            cancellationToken);
        feed.Changed();
        return null;
    }

    private static ClusterRecord Keep(PortalDbContext db, ClusterRecord? row, Cluster cluster, DateTimeOffset now)
    {
        if (row is null)
        {
            row = new ClusterRecord
            {
                Id = cluster.Id,
                Name = cluster.Name,
                Status = cluster.Status,
                Region = cluster.Region,
                SizeSlug = cluster.SizeSlug,
                ReadAt = now,
            };
            db.Add(row);
        }

        row.Name = cluster.Name;
        row.Status = cluster.Status;
        row.Region = cluster.Region;
        row.SizeSlug = cluster.SizeSlug;
        row.Tags = [.. cluster.Tags];
        row.Databases = [.. cluster.DatabaseNames.Order(StringComparer.Ordinal)];
        row.Users = [.. cluster.Users.Select(user => user.Name).Order(StringComparer.Ordinal)];
        row.ReadAt = now;
        return row;
    }

    private static async Task KeepPoolsAsync(PortalDbContext db, Guid cluster, IReadOnlyList<Pool> pools, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var known = await db.Set<PoolRecord>().Where(row => row.ClusterId == cluster).ToDictionaryAsync(row => row.Name, StringComparer.Ordinal, cancellationToken);
        foreach (var pool in pools)
        {
            Keep(db, known.GetValueOrDefault(pool.Name), cluster, pool.Name, (pool.ModeText, pool.Size, pool.Database, pool.User), now);
            known.Remove(pool.Name);
        }

        db.RemoveRange(known.Values);
    }

    /// <summary>Writes down one pool as it was seen, in the caller's transaction.</summary>
    public static async Task KeepPoolAsync(PortalDbContext db, Guid cluster, string name, PoolFields fields, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await Database.LockAsync(db, WriteLock.Inventory, cancellationToken);
        var row = await db.Set<PoolRecord>().FindAsync([cluster, name], cancellationToken);
        Keep(db, row, cluster, name, (fields.Mode.ToApiText(), fields.Size, fields.Database, fields.User), now);
    }

    private static void Keep(
        PortalDbContext db,
        PoolRecord? row,
        Guid cluster,
        string name,
        (string Mode, int Size, string Database, string? User) seen,
        DateTimeOffset now)
    {
        if (row is null)
        {
            db.Add(new PoolRecord
            {
                ClusterId = cluster,
                Name = name,
                ModeText = seen.Mode,
                Size = seen.Size,
                Database = seen.Database,
                User = seen.User,
                FirstSeenAt = now,
            });
            return;
        }

        row.ModeText = seen.Mode;
        row.Size = seen.Size;
        row.Database = seen.Database;
        row.User = seen.User;
    }
}
