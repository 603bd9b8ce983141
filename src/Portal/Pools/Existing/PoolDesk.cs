using Portal.Access;
using Portal.Changes;
using Portal.DigitalOcean;
using Portal.Inventory;

namespace Portal.Pools.Existing;

/// <summary>Opens a pool for its pages: read at this moment where that can be had, else as it was last seen.</summary>
internal sealed class PoolDesk(Sessions sessions, InventoryReader reader, InventoryQueries inventory, ExistingRules rules)
{
    public ExistingRules Rules => rules;

    /// <summary>What is known without asking anybody: for the first drawing of a page.</summary>
    public async Task<Result<PoolView, Refusal>> RecallAsync(SessionKey session, Guid cluster, string name, CancellationToken cancellationToken)
    {
        if (!(await sessions.ReadAsync(session, cancellationToken)).TryGet(out var person, out var ended))
        {
            return ended;
        }

        return await ViewAsync(person, await inventory.FindAsync(cluster, cancellationToken), cluster, name, trouble: null, cancellationToken);
    }

    /// <summary>Two calls: the cluster and its pools, as they are now.</summary>
    public async Task<Result<PoolView, Refusal>> OpenAsync(SessionKey session, Guid cluster, string name, CancellationToken cancellationToken)
    {
        if (!(await sessions.ReadAsync(session, cancellationToken)).TryGet(out var person, out var ended))
        {
            return ended;
        }

        // Only for clusters that the inventory has, so that no address of a browser's makes the portal ask for what it does not know.
        if (await inventory.FindAsync(cluster, cancellationToken) is not { } known)
        {
            return new PoolView(person, Cluster: null, Pool: null, Vanished: null, Trouble: null);
        }

        var read = await reader.ReadClusterAsync(cluster, cancellationToken);
        return read.TryGet(out var fresh, out var failure)
            ? await ViewAsync(person, fresh, cluster, name, trouble: null, cancellationToken)
            : await ViewAsync(person, known, cluster, name, FailureWords.Of(failure), cancellationToken);
    }

    private async Task<PoolView> ViewAsync(
        Person person, ClusterFacts? facts, Guid cluster, string name, FailureWords? trouble, CancellationToken cancellationToken)
    {
        var pool = facts?.Pool(name);
        var vanished = facts is not null && pool is null ? await inventory.FindManagedAsync(cluster, name, cancellationToken) : null;
        return new PoolView(person, facts, pool, vanished, trouble);
    }
}
