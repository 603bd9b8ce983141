using Microsoft.EntityFrameworkCore;
using Portal.Storage;

namespace Portal.Inventory;

/// <summary>What is known of clusters and pools, without asking anybody: looking never causes a call.</summary>
internal sealed class InventoryQueries(InventoryTables tables, BoardKeeper board, Database database)
{
    /// <summary>All clusters by name, from the board that all pages share: nothing of it belongs to the caller, and nothing is loaded for it.</summary>
    public async Task<IReadOnlyList<ClusterFacts>> ListAsync(CancellationToken cancellationToken) =>
        (await board.ViewAsync(cancellationToken)).Clusters;

    /// <summary>One cluster as the database has it: what was committed a moment ago is in it.</summary>
    public Task<ClusterFacts?> FindAsync(Guid cluster, CancellationToken cancellationToken) => tables.LoadAsync(cluster, cancellationToken);

    /// <summary>One cluster as the transaction of this context sees it.</summary>
    public static Task<ClusterFacts?> FindAsync(PortalDbContext db, Guid cluster, CancellationToken cancellationToken) =>
        InventoryTables.LoadAsync(db, cluster, cancellationToken);

    public Task<ManagedPool?> FindManagedAsync(Guid cluster, string pool, CancellationToken cancellationToken) =>
        database.ReadAsync(
            db => db.Set<ManagedPool>().SingleOrDefaultAsync(row => row.ClusterId == cluster && row.Name == pool, cancellationToken),
            cancellationToken);
}
