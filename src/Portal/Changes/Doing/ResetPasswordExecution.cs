using Portal.DigitalOcean;
using Portal.Inventory;

namespace Portal.Changes;

/// <summary>Gives the database user of a pool a new password. It is not kept: whoever may see the connection reads it from DigitalOcean.</summary>
internal sealed class ResetPasswordExecution(
    DigitalOceanClient api,
    InventoryReader inventory,
    ChangeQueries queries,
    ExistingRules rules,
    ChangeOutcomes outcomes) : IChangeExecution
{
    public bool Does(ChangeKind kind) => kind is ChangeKind.ResetPassword;

    public async Task<PoolChange> StartAsync(PoolChange change, CancellationToken cancellationToken)
    {
        var read = await inventory.ReadClusterAsync(change.ClusterId, cancellationToken);
        if (!read.TryGet(out var cluster, out var failure))
        {
            return await outcomes.CannotLookAsync(change, failure);
        }

        if (cluster.Pool(change.PoolName) is not { } there || there.User != change.User)
        {
            return await outcomes.FailAsync(
                change, $"{change.PoolName} does not connect as {change.User} any more.", "No password was reset. Look at the pool as it is now, and ask again.");
        }

        var view = await queries.ViewAsync(cluster, change.Id, cancellationToken);
        if (rules.WhyNoLonger(change, view) is { } reason)
        {
            return await outcomes.FailAsync(change, reason, "No password was reset.");
        }

        change = await outcomes.IntendAsync(change);
        var answer = await api.ResetUserPasswordAsync(change.ClusterId, change.User!, CancellationToken.None);
        return answer.TryGet(out var accepted, out failure)
            ? await outcomes.DoneAsync(change, new ChangeEnding(accepted.RequestId, ReadBack: null), ManagedPools.Nothing)
            : await outcomes.HearAsync(change, failure) ?? await outcomes.FailAsync(change, failure);
    }

    // Nothing that can be read says whether a password is new, and a second reset would lock out who has just been given the first one's.
    public Task<PoolChange> ReadBackAsync(PoolChange change, CancellationToken cancellationToken) => outcomes.AskPersonAsync(
        change,
        $"DigitalOcean was asked for a new password of {change.User}, and its answer was lost.",
        $"See whether the old password still opens {change.PoolName}: copy the connection and connect. Then decide here; when it was not reset, ask again.");
}
