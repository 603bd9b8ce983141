using Portal.DigitalOcean;
using Portal.Inventory;

namespace Portal.Changes;

/// <summary>Deletes a pool, as long as it is the one that the person saw.</summary>
internal sealed class DeleteExecution(
    DigitalOceanClient api,
    InventoryReader inventory,
    ChangeOutcomes outcomes,
    TimeProvider clock) : IChangeExecution
{
    // A pool of that name and those fields that stands there later may be somebody's new one.
    private static readonly TimeSpan SendAgainFor = TimeSpan.FromSeconds(60);

    public bool Does(ChangeKind kind) => kind is ChangeKind.Delete;

    public async Task<PoolChange> StartAsync(PoolChange change, CancellationToken cancellationToken)
    {
        var read = await inventory.ReadClusterAsync(change.ClusterId, cancellationToken);
        if (!read.TryGet(out var cluster, out var failure))
        {
            return await outcomes.CannotLookAsync(change, failure);
        }

        return cluster.Pool(change.PoolName) switch
        {
            null => await GoneAsync(change),
            { } there when there.Fields != change.BeforeFields => await ConflictAsync(change, there.Fields),
            _ when cluster.WhyNoChange is { } reason => await outcomes.FailAsync(change, $"{change.ClusterName} is {reason}.", "Nothing was sent to DigitalOcean. Ask again when that is over."),
            _ => await SendAsync(change),
        };
    }

    public async Task<PoolChange> ReadBackAsync(PoolChange change, CancellationToken cancellationToken)
    {
        var read = await api.GetPoolAsync(change.ClusterId, change.PoolName, cancellationToken);
        if (!read.TryGet(out var pool, out var failure))
        {
            return failure.IsCertainlyAbsent ? await GoneAsync(change)
                : outcomes.HasTriedLongEnough(change) ? await AskPersonAsync(change)
                : await outcomes.WaitToReadBackAsync(change, failure);
        }

        if (pool.Fields != change.BeforeFields)
        {
            return await ConflictAsync(change, pool.Fields);
        }

        return !outcomes.HasReadBackEnough(change) ? await outcomes.WaitToReadBackAsync(change, failure: null)
            : outcomes.MaySendAgain(change) && WasSentJustNow(change) ? await SendAsync(change)
            : await AskPersonAsync(change);
    }

    // A clock that was set back does not make the time longer.
    private bool WasSentJustNow(PoolChange change) => (clock.GetUtcNow() - change.FirstSentAt)?.Duration() < SendAgainFor;

    private async Task<PoolChange> SendAsync(PoolChange change)
    {
        change = await outcomes.IntendAsync(change);
        var answer = await api.DeletePoolAsync(change.ClusterId, change.PoolName, CancellationToken.None);
        if (answer.TryGet(out var accepted, out var failure))
        {
            return await ConfirmAsync(change, accepted);
        }

        return failure.IsCertainlyAbsent
            ? await GoneAsync(change, failure)
            : await outcomes.HearAsync(change, failure) ?? await outcomes.FailAsync(change, failure);
    }

    private async Task<PoolChange> ConfirmAsync(PoolChange change, Accepted accepted)
    {
        var read = await api.GetPoolAsync(change.ClusterId, change.PoolName, CancellationToken.None);
        return read.TryGet(out _, out var failure)
            ? await outcomes.DoubtAsync(change, "DigitalOcean took the order to delete, but still shows the pool.", failure: null)
            : failure.IsCertainlyAbsent
                ? await DoneAsync(change, new ChangeEnding(accepted.RequestId, "it is not there any more"))
                : await outcomes.DoubtAsync(change, $"DigitalOcean took the order to delete, but could not be asked afterwards. {FailureWords.Of(failure).Happened}", failure);
    }

    /// <summary>The pool is not there: because of us, or of somebody else?</summary>
    /// <param name="failure">The answer to the call that was just made: that one found nothing to delete.</param>
    private async Task<PoolChange> GoneAsync(PoolChange change, ApiFailure? failure = null)
    {
        var mayBeOurs = change.Attempt > (failure is null ? 0 : 1);
        return mayBeOurs
            ? await DoneAsync(change, new ChangeEnding(RequestId: null, "it is not there any more: an answer was lost")
            {
                WasFound = true,
                Happened = "The answer of DigitalOcean was lost on the way; the pool is gone.",
            })
            : await outcomes.FailAsync(
                change, $"{change.PoolName} was gone already: somebody else deleted it.", "There is nothing left to do. The pool's page offers to create it again as it was.", failure);
    }

    private Task<PoolChange> ConflictAsync(PoolChange change, PoolFields? now) => outcomes.ConflictAsync(
        change,
        $"{change.PoolName} is not what it was when this was asked for: it is now {(now is null ? "in a mode that the portal does not know" : FieldWords.Of(now))}, and was {FieldWords.Of(change.BeforeFields!)}.",
        "It was not deleted. Give this up, look at the pool as it is now, and ask again if it is to go.");

    private Task<PoolChange> DoneAsync(PoolChange change, ChangeEnding ending) => outcomes.DoneAsync(change, ending, ManagedPools.Forget);

    private Task<PoolChange> AskPersonAsync(PoolChange change) => outcomes.AskPersonAsync(
        change,
        $"DigitalOcean was asked to delete {change.PoolName}, and the pool is still there.",
        $"Look in DigitalOcean's control panel whether somebody made it again on {change.ClusterName}, then decide here.");
}
