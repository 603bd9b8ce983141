using Microsoft.EntityFrameworkCore;
using Portal.Storage;

namespace Portal.Connections.Probing;

/// <summary>What the last test of each pool found, with its date. Asking costs no call.</summary>
internal sealed class LastTests(Database database)
{
    public Task<PoolTestRecord?> FindAsync(Guid cluster, string pool, CancellationToken cancellationToken) =>
        database.ReadAsync(
            db => db.Set<PoolTestRecord>().SingleOrDefaultAsync(row => row.ClusterId == cluster && row.Name == pool, cancellationToken),
            cancellationToken);

    /// <summary>Of several pools at once.</summary>
    public async Task<IReadOnlyDictionary<(Guid Cluster, string Pool), PoolTestRecord>> ManyAsync(
        IReadOnlyCollection<(Guid Cluster, string Pool)> pools, CancellationToken cancellationToken)
    {
        // By names over all of the clusters: a few rows more than asked for, which nobody looks up.
        var clusters = pools.Select(pool => pool.Cluster).Distinct().ToList();
        var names = pools.Select(pool => pool.Pool).Distinct(StringComparer.Ordinal).ToList();
        return await database.ReadAsync(
            db => db.Set<PoolTestRecord>().Where(row => clusters.Contains(row.ClusterId) && names.Contains(row.Name))
                .ToDictionaryAsync(row => (row.ClusterId, row.Name), cancellationToken),
            cancellationToken);
    }

    public Task KeepAsync(Guid cluster, string pool, InUse use, CancellationToken cancellationToken) =>
        database.WriteAsync((db, token) => KeepAsync(db, cluster, pool, prepared: null, use, use.SeenAt, token), cancellationToken);

    /// <summary>Keeps what a test saw, in the caller's transaction. What it could not see stays as an earlier one saw it.</summary>
    public static async Task KeepAsync(
        PortalDbContext db, Guid cluster, string pool, PreparedStatements? prepared, InUse? use, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (prepared is null && use is null)
        {
            return;
        }

        // Two tests of one pool that end together would both add its row.
        await Database.LockAsync(db, WriteLock.Inventory, cancellationToken);
        var row = await db.Set<PoolTestRecord>().FindAsync([cluster, pool], cancellationToken);
        if (row is null)
        {
            row = new PoolTestRecord { ClusterId = cluster, Name = pool, TestedAt = now };
            db.Add(row);
        }

        if (prepared is { } seen)
        {
            row.Prepared = seen;
            row.TestedAt = now;
        }

        if (use is not null)
        {
            row.InUseSeenAt = use.SeenAt;
            row.Active = use.Active;
            row.IdleInTransaction = use.IdleInTransaction;
            row.Idle = use.Idle;
            row.Waiting = use.Waiting;
        }
    }

    /// <summary>A pool that is gone: another one that gets its name must not inherit what was found of it.</summary>
    public static Task ForgetAsync(PortalDbContext db, Guid cluster, string pool, CancellationToken cancellationToken) =>
        db.Set<PoolTestRecord>().Where(row => row.ClusterId == cluster && row.Name == pool).ExecuteDeleteAsync(cancellationToken);

    public Task ForgetAsync(Guid cluster, string pool, CancellationToken cancellationToken) =>
        database.WriteAsync((db, token) => ForgetAsync(db, cluster, pool, token), cancellationToken);
}
