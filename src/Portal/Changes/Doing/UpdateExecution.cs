using Portal.DigitalOcean;
using Portal.Inventory;

namespace Portal.Changes;

/// <summary>Gives a pool another size, mode, database or user.</summary>
/// <remarks>
/// The call replaces all four fields: one that leaves the user out makes an inbound-user pool. So all four are sent, and the pool is read
/// before, because only what the person saw may be replaced, and after, because the answer shows nothing.
/// </remarks>
internal sealed class UpdateExecution(
    DigitalOceanClient api,
    InventoryReader inventory,
    ChangeQueries queries,
    ExistingRules rules,
    ChangeOutcomes outcomes) : IChangeExecution
{
    public bool Does(ChangeKind kind) => kind is ChangeKind.Resize or ChangeKind.Edit;

    public async Task<PoolChange> StartAsync(PoolChange change, CancellationToken cancellationToken)
    {
        var read = await inventory.ReadClusterAsync(change.ClusterId, cancellationToken);
        if (!read.TryGet(out var cluster, out var failure))
        {
            return await outcomes.CannotLookAsync(change, failure);
        }

        var there = cluster.Pool(change.PoolName);
        if (there is null || there.Fields != change.BeforeFields)
        {
            return await JudgeAsync(change, there?.Fields, failure: null);
        }

        var view = await queries.ViewAsync(cluster, change.Id, cancellationToken);
        return rules.WhyNoLonger(change, view) is { } reason
            ? await outcomes.FailAsync(change, reason, "Nothing was sent to DigitalOcean. Look at the pool as it is now, and ask again.")
            : await SendAsync(change);
    }

    public async Task<PoolChange> ReadBackAsync(PoolChange change, CancellationToken cancellationToken)
    {
        var read = await api.GetPoolAsync(change.ClusterId, change.PoolName, cancellationToken);
        if (!read.TryGet(out var pool, out var failure) && !failure.IsCertainlyAbsent)
        {
            return outcomes.HasTriedLongEnough(change) ? await AskPersonAsync(change) : await outcomes.WaitToReadBackAsync(change, failure);
        }

        if (pool?.Fields != change.BeforeFields)
        {
            return await JudgeAsync(change, pool?.Fields, failure: null);
        }

        return !outcomes.HasReadBackEnough(change) ? await outcomes.WaitToReadBackAsync(change, failure: null)
            : outcomes.MaySendAgain(change) ? await SendAsync(change)
            : await AskPersonAsync(change);
    }

    private async Task<PoolChange> SendAsync(PoolChange change)
    {
        change = await outcomes.IntendAsync(change);
        var answer = await api.UpdatePoolAsync(change.ClusterId, change.PoolName, change.Fields, CancellationToken.None);
        return answer.TryGet(out var accepted, out var failure)
            ? await ConfirmAsync(change, accepted)
            : await outcomes.HearAsync(change, failure) ?? await RefusedAsync(change, failure);
    }

    private async Task<PoolChange> ConfirmAsync(PoolChange change, Accepted accepted)
    {
        var read = await api.GetPoolAsync(change.ClusterId, change.PoolName, CancellationToken.None);
        if (!read.TryGet(out var pool, out var failure) && !failure.IsCertainlyAbsent)
        {
            return await outcomes.DoubtAsync(change, $"DigitalOcean took the change, but the pool could not be read back. {FailureWords.Of(failure).Happened}", failure);
        }

        return pool?.Fields == change.Fields
            ? await DoneAsync(change, new ChangeEnding(accepted.RequestId, "read back as asked for"))
            : pool?.Fields == change.BeforeFields
                ? await outcomes.DoubtAsync(change, "DigitalOcean took the change, but the pool still shows its old values.", failure: null)
                : await JudgeAsync(change, pool?.Fields, failure: null);
    }

    private async Task<PoolChange> RefusedAsync(PoolChange change, ApiFailure failure)
    {
        if (failure is not ({ Kind: ApiFailureKind.Conflict } or { Status: 422 }))
        {
            return await outcomes.FailAsync(change, failure);
        }

        var read = await api.GetPoolAsync(change.ClusterId, change.PoolName, CancellationToken.None);
        if (read.TryGet(out var pool, out var readFailure))
        {
            return pool.Fields == change.BeforeFields ? await outcomes.FailAsync(change, failure) : await JudgeAsync(change, pool.Fields, failure);
        }

        // The refusal speaks for this call only: an earlier one of ours may stand behind it.
        return readFailure.IsCertainlyAbsent || change.Attempt == 1
            ? await outcomes.FailAsync(change, failure)
            : await outcomes.LoseAnswerAsync(change, failure);
    }

    /// <summary>The pool is not as the person saw it: because of us, or of somebody else?</summary>
    /// <param name="fields">Null when the pool is gone, or has a mode that nobody knows.</param>
    /// <param name="failure">A refusal of the call that was just made, which therefore had no effect.</param>
    private async Task<PoolChange> JudgeAsync(PoolChange change, PoolFields? fields, ApiFailure? failure)
    {
        var mayBeOurs = change.Attempt > (failure is null ? 0 : 1);
        if (mayBeOurs && fields == change.Fields)
        {
            return await DoneAsync(change, new ChangeEnding(RequestId: null, "found as asked for: an answer was lost")
            {
                WasFound = true,
                Happened = "The answer of DigitalOcean was lost on the way; the pool is as it was asked for.",
            });
        }

        if (fields is null && !mayBeOurs)
        {
            return await outcomes.FailAsync(
                change, $"{change.PoolName} is not on {change.ClusterName} any more.", "Nothing was changed. The pool's page offers to create it again as it was.", failure);
        }

        return await outcomes.ConflictAsync(
            change,
            fields is null
                ? $"{change.PoolName} is not on {change.ClusterName} any more: somebody else deleted it."
                : $"Somebody else changed {change.PoolName}: it is now {FieldWords.Of(fields)}. When this was asked for it was {FieldWords.Of(change.BeforeFields!)}.",
            mayBeOurs
                ? "Nothing more is sent. A lead can say that it is the team's own as it stands; else give this up, and ask again."
                : "Nothing was sent. A lead can say that it is the team's own as it stands; else give this up, and ask again.",
            failure);
    }

    private Task<PoolChange> DoneAsync(PoolChange change, ChangeEnding ending) =>
        outcomes.DoneAsync(change, ending, change.Kind is ChangeKind.Resize ? ManagedPools.Resize(change.Fields) : ManagedPools.Update(change.Fields));

    private Task<PoolChange> AskPersonAsync(PoolChange change) => outcomes.AskPersonAsync(
        change,
        $"DigitalOcean was asked {change.Attempt} times, and it is still not clear what came of it.",
        $"Look in DigitalOcean's control panel how {change.PoolName} stands on {change.ClusterName}, then decide here.");
}
