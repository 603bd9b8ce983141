using Microsoft.EntityFrameworkCore;
using Portal.DigitalOcean;
using Portal.Storage;

namespace Portal.Inventory;

/// <summary>What the background reads, a call each. A failure is an answer; what the database does not take is an exception.</summary>
internal interface IInventoryReading
{
    /// <summary>All clusters, without their pools.</summary>
    Task<ApiFailure?> ReadClustersAsync(CancellationToken cancellationToken);

    /// <summary>The pools of a cluster that is known.</summary>
    Task<ApiFailure?> ReadPoolsAsync(Guid cluster, CancellationToken cancellationToken);

    /// <summary>The read replicas of a cluster.</summary>
    Task<ApiFailure?> ReadReplicasAsync(Guid cluster, CancellationToken cancellationToken);
}

/// <summary>Reads DigitalOcean and writes down what it said. Costs calls; pages that only look use <see cref="InventoryQueries"/>.</summary>
internal sealed class InventoryReader(DigitalOceanClient api, Database database, InventoryTables tables, BoardKeeper board, TimeProvider clock) : IInventoryReading
{
    /// <summary>One call: all clusters, without their pools. Clusters that are gone leave the inventory with their replicas and pools.</summary>
    public async Task<ApiFailure?> ReadClustersAsync(CancellationToken cancellationToken)
    {
        var answer = await api.ListClustersAsync(cancellationToken);
        if (!answer.TryGet(out var clusters, out var failure))
        {
            return failure;
        }

        await WriteAsync((db, now, token) => InventoryRows.KeepClustersAsync(db, clusters, now, token), cancellationToken);
        await board.LoadAsync(cancellationToken);
        return null;
    }

    /// <summary>Two calls: one cluster and its pools, as they are at this moment. Three for a read replica, which only its primary describes.</summary>
    public async Task<Result<ClusterFacts, ApiFailure>> ReadClusterAsync(Guid id, CancellationToken cancellationToken)
    {
        var primary = await database.ReadAsync(
            db => db.Set<ClusterRecord>().Where(row => row.Id == id).Select(row => row.PrimaryId).SingleOrDefaultAsync(cancellationToken),
            cancellationToken);
        var asked = clock.GetUtcNow();
        var poolsAsked = api.ListPoolsAsync(id, cancellationToken);
        var describedAsked = primary is { } its ? ReadReplicaAsync(its, cancellationToken) : ReadPlainAsync(id, cancellationToken);
        var poolsAnswer = await poolsAsked;
        if (await describedAsked is { } notDescribed)
        {
            return notDescribed;
        }

        if (!poolsAnswer.TryGet(out var pools, out var failure))
        {
            return failure;
        }

        await WriteAsync((db, now, token) => InventoryRows.KeepPoolsAsync(db, id, pools, asked, now, token), cancellationToken);
        await board.ReloadAsync(id, cancellationToken);
        return await tables.LoadAsync(id, cancellationToken) is { } facts
            ? facts
            : new ApiFailure { Kind = ApiFailureKind.NotFound, Id = "not_found", Detail = "its primary does not list this replica any more" };
    }

    /// <summary>One call: the pools of a cluster, or of a replica, that is known.</summary>
    public async Task<ApiFailure?> ReadPoolsAsync(Guid cluster, CancellationToken cancellationToken)
    {
        var asked = clock.GetUtcNow();
        var answer = await api.ListPoolsAsync(cluster, cancellationToken);
        if (!answer.TryGet(out var pools, out var failure))
        {
            return failure;
        }

        await WriteAsync((db, now, token) => InventoryRows.KeepPoolsAsync(db, cluster, pools, asked, now, token), cancellationToken);
        await board.ReloadAsync(cluster, cancellationToken);
        return null;
    }

    /// <summary>One call: the read replicas of a cluster. Those that are gone leave the inventory with their pools.</summary>
    public async Task<ApiFailure?> ReadReplicasAsync(Guid cluster, CancellationToken cancellationToken)
    {
        var answer = await api.ListReplicasAsync(cluster, cancellationToken);
        if (!answer.TryGet(out var replicas, out var failure))
        {
            return failure;
        }

        IReadOnlyList<Guid> touched = [];
        await WriteAsync(async (db, now, token) => touched = await InventoryRows.KeepReplicasAsync(db, cluster, replicas, now, token), cancellationToken);
        foreach (var id in touched)
        {
            await board.ReloadAsync(id, cancellationToken);
        }

        return null;
    }

    /// <summary>Writes down one pool as it was seen, in the caller's transaction.</summary>
    public static async Task KeepPoolAsync(PortalDbContext db, Guid cluster, string name, PoolFields fields, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await Database.LockAsync(db, WriteLock.Inventory, cancellationToken);
        await InventoryRows.KeepPoolAsync(db, cluster, name, fields, now, cancellationToken);
    }

    /// <summary>Writes down that one pool is gone, in the caller's transaction.</summary>
    public static async Task ForgetPoolAsync(PortalDbContext db, Guid cluster, string name, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await Database.LockAsync(db, WriteLock.Inventory, cancellationToken);
        await InventoryRows.ForgetPoolAsync(db, cluster, name, now, cancellationToken);
    }

    private async Task<ApiFailure?> ReadPlainAsync(Guid id, CancellationToken cancellationToken)
    {
        var answer = await api.GetClusterAsync(id, cancellationToken);
        if (!answer.TryGet(out var cluster, out var failure))
        {
            return failure;
        }

        await WriteAsync((db, now, token) => InventoryRows.KeepClusterAsync(db, cluster, now, token), cancellationToken);
        return null;
    }

    // Whether DigitalOcean describes a replica by its own id is not documented; its primary's list does for certain.
    private async Task<ApiFailure?> ReadReplicaAsync(Guid primary, CancellationToken cancellationToken)
    {
        var primaryAsked = ReadPlainAsync(primary, cancellationToken);
        var replicasAsked = ReadReplicasAsync(primary, cancellationToken);
        var notRead = await primaryAsked;
        return await replicasAsked ?? notRead;
    }

    private Task WriteAsync(Func<PortalDbContext, DateTimeOffset, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return database.WriteAsync(
            async (db, token) =>
            {
                await Database.LockAsync(db, WriteLock.Inventory, token);
                await write(db, now, token);
            },
            cancellationToken);
    }
}
