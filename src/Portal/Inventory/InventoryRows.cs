using Microsoft.EntityFrameworkCore;
using Portal.DigitalOcean;
using Portal.Storage;

namespace Portal.Inventory;

/// <summary>From what DigitalOcean said to the rows of the inventory, in the caller's transaction.</summary>
internal static class InventoryRows
{
    private static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(2);

    /// <param name="clusters">All there are, of any engine.</param>
    public static async Task KeepClustersAsync(PortalDbContext db, IReadOnlyList<Cluster> clusters, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var known = await db.Set<ClusterRecord>().ToDictionaryAsync(row => row.Id, cancellationToken);
        var seen = new Dictionary<Guid, ClusterRecord>();
        foreach (var cluster in clusters.Where(cluster => cluster.IsPostgreSql))
        {
            seen[cluster.Id] = Keep(db, known.GetValueOrDefault(cluster.Id), cluster, now);
        }

        // The list has no replicas; they live as long as their primary, and until it does not list them any more.
        foreach (var replica in known.Values.Where(row => row.PrimaryId is not null && !seen.ContainsKey(row.Id)).ToList())
        {
            if (seen.TryGetValue(replica.PrimaryId!.Value, out var primary))
            {
                Follow(replica, primary);
                seen[replica.Id] = replica;
            }
        }

        await RemoveAsync(db, known.Values.Where(row => !seen.ContainsKey(row.Id)), cancellationToken);
    }

    public static async Task KeepClusterAsync(PortalDbContext db, Cluster cluster, DateTimeOffset now, CancellationToken cancellationToken) =>
        Keep(db, await db.Set<ClusterRecord>().FindAsync([cluster.Id], cancellationToken), cluster, now);

    /// <returns>The primary and every replica that came, changed or went.</returns>
    public static async Task<IReadOnlyList<Guid>> KeepReplicasAsync(
        PortalDbContext db, Guid cluster, IReadOnlyList<Replica> replicas, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.Set<ClusterRecord>().FindAsync([cluster], cancellationToken) is not { } primary)
        {
            return [];
        }

        primary.ReplicasReadAt = now;
        var known = await db.Set<ClusterRecord>().Where(row => row.PrimaryId == cluster).ToDictionaryAsync(row => row.Id, cancellationToken);
        List<Guid> touched = [cluster, .. known.Keys];
        foreach (var replica in replicas)
        {
            // Without an id nothing can be asked about it, and no pool made on it.
            if (replica.Id is not { } id || id == cluster)
            {
                continue;
            }

            // It may be there as a cluster of its own, in case the list has it after all.
            var row = known.GetValueOrDefault(id) ?? await db.Set<ClusterRecord>().FindAsync([id], cancellationToken);
            Keep(db, row, id, replica, primary, now);
            known.Remove(id);
            touched.Add(id);
        }

        await RemoveAsync(db, known.Values, cancellationToken);
        return [.. touched.Distinct()];
    }

    /// <summary>The pools of one cluster, if it is known. Those that are gone leave the inventory.</summary>
    /// <param name="asked">When the list was asked for. One that is older than what is known shows neither a pool that was just made nor that one was just deleted, and is dropped.</param>
    public static async Task KeepPoolsAsync(
        PortalDbContext db, Guid cluster, IReadOnlyList<Pool> pools, DateTimeOffset asked, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.Set<ClusterRecord>().FindAsync([cluster], cancellationToken) is not { } row || IsOldNews(asked, row.PoolsKnownAt))
        {
            return;
        }

        row.PoolsReadAt = now;
        row.PoolsKnownAt = asked;
        var known = await db.Set<PoolRecord>().Where(pool => pool.ClusterId == cluster).ToDictionaryAsync(pool => pool.Name, StringComparer.Ordinal, cancellationToken);
        foreach (var pool in pools)
        {
            Keep(db, known.GetValueOrDefault(pool.Name), cluster, pool.Name, (pool.ModeText, pool.Size, pool.Database, pool.User), now);
            known.Remove(pool.Name);
        }

        db.RemoveRange(known.Values);
    }

    public static async Task KeepPoolAsync(PortalDbContext db, Guid cluster, string name, PoolFields fields, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await NoteChangeAsync(db, cluster, now, cancellationToken);
        var row = await db.Set<PoolRecord>().FindAsync([cluster, name], cancellationToken);
        Keep(db, row, cluster, name, (fields.Mode.ToApiText(), fields.Size, fields.Database, fields.User), now);
    }

    public static async Task ForgetPoolAsync(PortalDbContext db, Guid cluster, string name, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await NoteChangeAsync(db, cluster, now, cancellationToken);
        await db.Set<PoolRecord>().Where(pool => pool.ClusterId == cluster && pool.Name == name).ExecuteDeleteAsync(cancellationToken);
    }

    private static async Task NoteChangeAsync(PortalDbContext db, Guid cluster, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.Set<ClusterRecord>().FindAsync([cluster], cancellationToken) is { } row)
        {
            row.PoolsKnownAt = now;
        }
    }

    // What is known cannot be newer than a question by more than a call lasts, unless the clock was set back.
    private static bool IsOldNews(DateTimeOffset asked, DateTimeOffset? known) => known - asked is { Ticks: > 0 } newer && newer < LongestCall;

    private static async Task RemoveAsync(PortalDbContext db, IEnumerable<ClusterRecord> gone, CancellationToken cancellationToken)
    {
        List<ClusterRecord> rows = [.. gone];
        var ids = rows.Select(row => row.Id).ToList();
        if (ids.Count > 0)
        {
            db.RemoveRange(rows);
            await db.Set<PoolRecord>().Where(pool => ids.Contains(pool.ClusterId)).ExecuteDeleteAsync(cancellationToken);
        }
    }

    private static ClusterRecord Keep(PortalDbContext db, ClusterRecord? row, Cluster cluster, DateTimeOffset now)
    {
        row ??= New(db, cluster.Id, now);
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

    private static void Keep(PortalDbContext db, ClusterRecord? row, Guid id, Replica replica, ClusterRecord primary, DateTimeOffset now)
    {
        row ??= New(db, id, now);
        row.PrimaryId = primary.Id;
        row.Name = replica.Name;
        // The status may be left out; what is not said blocks nobody.
        row.Status = replica.Status ?? "online";
        row.Region = replica.Region ?? primary.Region;
        row.SizeSlug = replica.SizeSlug ?? primary.SizeSlug;
        row.ReadAt = now;
        Follow(row, primary);
    }

    /// <summary>A replica has the databases and users of its primary, and is of its kind.</summary>
    private static void Follow(ClusterRecord replica, ClusterRecord primary)
    {
        replica.Tags = [.. primary.Tags];
        replica.Databases = [.. primary.Databases];
        replica.Users = [.. primary.Users];
    }

    private static ClusterRecord New(PortalDbContext db, Guid id, DateTimeOffset now)
    {
        var row = new ClusterRecord { Id = id, Name = "", Status = "", Region = "", SizeSlug = "", ReadAt = now };
        db.Add(row);
        return row;
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
