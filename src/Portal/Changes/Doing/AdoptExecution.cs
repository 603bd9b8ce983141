using Portal.Inventory;

namespace Portal.Changes;

/// <summary>Takes over a pool as it stands at DigitalOcean: one made elsewhere, or one of ours that somebody changed there. Nothing is sent.</summary>
internal sealed class AdoptExecution(
    InventoryReader inventory,
    ChangeQueries queries,
    ExistingRules rules,
    ChangeOutcomes outcomes) : IChangeExecution
{
    private const string LookAgain = "Nothing was taken over. Look at the pool as it is now, and ask again.";

    public bool Does(ChangeKind kind) => kind is ChangeKind.Adopt;

    public async Task<PoolChange> StartAsync(PoolChange change, CancellationToken cancellationToken)
    {
        var read = await inventory.ReadClusterAsync(change.ClusterId, cancellationToken);
        if (!read.TryGet(out var cluster, out var failure))
        {
            return await outcomes.CannotLookAsync(change, failure);
        }

        if (cluster.Pool(change.PoolName)?.Fields is not { } fields)
        {
            return await outcomes.FailAsync(change, $"{change.PoolName} is not on {change.ClusterName} any more.", LookAgain);
        }

        // Who decided saw other values, and so perhaps another user's password.
        if (fields != change.BeforeFields)
        {
            return await outcomes.FailAsync(change, $"{change.PoolName} is not what it was when this was asked for: it is now {FieldWords.Of(fields)}.", LookAgain);
        }

        var view = await queries.ViewAsync(cluster, change.Id, cancellationToken);
        return rules.WhyNoLonger(change, view) is { } reason
            ? await outcomes.FailAsync(change, reason, LookAgain)
            : await outcomes.DoneAsync(change, new ChangeEnding(RequestId: null, "read as it stands"), ManagedPools.Update(fields));
    }

    // Nothing is ever sent, so nothing can be unknown; taken up once more, it is looked at once more.
    public Task<PoolChange> ReadBackAsync(PoolChange change, CancellationToken cancellationToken) => StartAsync(change, cancellationToken);
}
