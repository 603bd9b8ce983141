using Microsoft.EntityFrameworkCore;
using Portal.Access;
using Portal.DigitalOcean;
using Portal.Inventory;
using Portal.Storage;

namespace Portal.Changes;

/// <summary>Creates a pool.</summary>
/// <remarks>
/// The call that creates is never repeated blindly. Its intent is written before it goes out, and after an unknown end the pool is read
/// back until it is clear what stands there. DigitalOcean has no idempotency key for it.
/// </remarks>
internal sealed class CreateExecution(
    DigitalOceanClient api,
    InventoryReader inventory,
    ChangeQueries queries,
    CreateRules rules,
    Teams teams,
    Database database,
    ChangeOutcomes outcomes,
    TimeProvider clock) : IChangeExecution
{
    public bool Does(ChangeKind kind) => kind is ChangeKind.Create;

    public async Task<PoolChange> StartAsync(PoolChange change, CancellationToken cancellationToken)
    {
        var read = await inventory.ReadClusterAsync(change.ClusterId, cancellationToken);
        if (!read.TryGet(out var cluster, out var failure))
        {
            return await outcomes.CannotLookAsync(change, failure);
        }

        if (cluster.Pool(change.PoolName) is { } there)
        {
            return await JudgeAsync(change, there.Fields, there.FirstSeenAt, failure: null);
        }

        var view = await queries.ViewAsync(cluster, change.Id, cancellationToken);
        return WhyNoLonger(change, view) is { } reason
            ? await outcomes.FailAsync(change, reason, "Nothing was sent to DigitalOcean. Try again with other values.")
            : await SendAsync(change);
    }

    public async Task<PoolChange> ReadBackAsync(PoolChange change, CancellationToken cancellationToken)
    {
        var read = await api.GetPoolAsync(change.ClusterId, change.PoolName, cancellationToken);
        if (read.TryGet(out var pool, out var failure))
        {
            return await JudgeAsync(change, pool.Fields, await FirstSeenAsync(change), failure: null);
        }

        if (!failure.IsCertainlyAbsent)
        {
            return outcomes.HasTriedLongEnough(change) ? await AskPersonAsync(change) : await outcomes.WaitToReadBackAsync(change, failure);
        }

        return !outcomes.HasReadBackEnough(change) ? await outcomes.WaitToReadBackAsync(change, failure: null)
            : outcomes.MaySendAgain(change) ? await SendAsync(change)
            : await AskPersonAsync(change);
    }

    private string? WhyNoLonger(PoolChange change, ClusterInView cluster)
    {
        var (request, mistakes) = rules.Check(CreatePool.Again(change, change.Size), cluster, teams.Find(change.Team) is { } team ? [team] : []);
        return request switch
        {
            null => $"Since this was asked for, something has changed. {mistakes[0].Message}.",
            { Decision: { NeedsReview: true, Words: var words } } when change.DecidedById is null =>
                $"Since this was asked for, the cluster has changed: {words}. Ask again, and a lead decides.",
            _ => null,
        };
    }

    private async Task<PoolChange> SendAsync(PoolChange change)
    {
        change = await outcomes.IntendAsync(change);
        var answer = await api.CreatePoolAsync(change.ClusterId, new NewPool(change.PoolName, change.Fields), CancellationToken.None);
        return answer.TryGet(out var created, out var failure)
            ? await ConfirmAsync(change, created)
            : await outcomes.HearAsync(change, failure) ?? await RefusedAsync(change, failure);
    }

    private async Task<PoolChange> ConfirmAsync(PoolChange change, Created created)
    {
        var read = await api.GetPoolAsync(change.ClusterId, change.PoolName, CancellationToken.None);
        if (!read.TryGet(out var pool, out var failure))
        {
            // The creation was confirmed; that it does not show yet takes nothing from that.
            return await DoneAsync(change, new ChangeEnding(created.RequestId, $"created, but not read back: {FailureWords.Of(failure).Happened}"));
        }

        return pool.Fields == change.Fields
            ? await DoneAsync(change, new ChangeEnding(created.RequestId, "read back as asked for"))
            : await JudgeAsync(change, pool.Fields, clock.GetUtcNow(), failure: null);
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
            return await JudgeAsync(change, pool.Fields, await FirstSeenAsync(change), failure);
        }

        // The refusal speaks for this call only: an earlier one of ours may stand behind it.
        return readFailure.IsCertainlyAbsent || change.Attempt == 1
            ? await outcomes.FailAsync(change, failure)
            : await outcomes.LoseAnswerAsync(change, failure);
    }

    /// <summary>A pool of this name stands there: is it ours?</summary>
    /// <param name="firstSeenAt">When a reading first showed the name; null when none did before this one.</param>
    private async Task<PoolChange> JudgeAsync(PoolChange change, PoolFields? fields, DateTimeOffset? firstSeenAt, ApiFailure? failure)
    {
        var isOurs = change.Attempt > (failure is null ? 0 : 1)
            && fields == change.Fields
            && !(firstSeenAt < change.FirstSentAt);
        if (isOurs)
        {
            return await DoneAsync(change, new ChangeEnding(RequestId: null, "found again: an answer was lost, the pool is there as asked for")
            {
                WasFound = true,
                Happened = "The answer of DigitalOcean was lost on the way; the pool was found again.",
            });
        }

        return await outcomes.ConflictAsync(
            change,
            fields is null || fields == change.Fields
                ? $"A pool named {change.PoolName} is on {change.ClusterName} already, and this change did not make it."
                : $"A pool named {change.PoolName} is on {change.ClusterName}, with other values: {FieldWords.Of(fields)}.",
            "Nothing was changed. Find out whose it is. When it is the team's own, a lead can say so here; else give this up and choose another name.",
            failure);
    }

    private Task<PoolChange> DoneAsync(PoolChange change, ChangeEnding ending) =>
        outcomes.DoneAsync(change, ending, ManagedPools.Begin(change.Fields));

    private Task<PoolChange> AskPersonAsync(PoolChange change) => outcomes.AskPersonAsync(
        change,
        $"DigitalOcean was asked {change.Attempt} times, and it is still not clear what came of it.",
        $"Look in DigitalOcean's control panel whether {change.PoolName} is on {change.ClusterName}, then decide here.");

    private Task<DateTimeOffset?> FirstSeenAsync(PoolChange change) =>
        database.ReadAsync(
            db => db.Set<PoolRecord>()
                .Where(pool => pool.ClusterId == change.ClusterId && pool.Name == change.PoolName)
                .Select(pool => (DateTimeOffset?)pool.FirstSeenAt)
                .FirstOrDefaultAsync(),
            CancellationToken.None);
}
