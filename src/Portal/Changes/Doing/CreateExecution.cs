using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Access;
using Portal.Audit;
using Portal.DigitalOcean;
using Portal.Inventory;
using Portal.Storage;

namespace Portal.Changes;

/// <summary>Carries out the creation of a pool, one turn at a time: a turn ends in another state, or in a time to come back.</summary>
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
    ChangeJournal journal,
    IOptions<ChangesOptions> options,
    TimeProvider clock)
{
    public async Task<PoolChange> TurnAsync(PoolChange change, CancellationToken cancellationToken) => change switch
    {
        { State: ChangeState.Running, InFlight: false } => await ReturnAsync(change),
        { State: ChangeState.Running } => await LoseAnswerAsync(change, failure: null),
        { State: ChangeState.Unknown } => await ReadBackAsync(change, cancellationToken),
        _ => await StartAsync(change, cancellationToken),
    };

    /// <summary>Taken up once and never sent: it waits for its turn as before.</summary>
    private Task<PoolChange> ReturnAsync(PoolChange change) =>
        journal.WriteAsync(change, [AuditAction.Postponed], (row, now) => row.MoveTo(ChangeState.Approved, now));

    private async Task<PoolChange> StartAsync(PoolChange change, CancellationToken cancellationToken)
    {
        var read = await inventory.ReadClusterAsync(change.ClusterId, cancellationToken);
        if (!read.TryGet(out var cluster, out var failure))
        {
            return failure.Kind is ApiFailureKind.Unauthorized or ApiFailureKind.Forbidden || failure.IsCertainlyAbsent
                ? await FailAsync(change, failure)
                : await PostponeAsync(change, failure);
        }

        if (cluster.Pools.FirstOrDefault(pool => pool.Name == change.PoolName) is { } there)
        {
            return await JudgeAsync(change, there.Fields, there.FirstSeenAt, failure: null);
        }

        var view = await queries.ViewAsync(cluster, change.Id, cancellationToken);
        return WhyNoLonger(change, view) is { } reason ? await FailAsync(change, reason) : await SendAsync(change);
    }

    private string? WhyNoLonger(PoolChange change, ClusterInView cluster)
    {
        var asked = new CreatePool
        {
            FormId = change.FormId,
            ClusterId = change.ClusterId,
            Database = change.Database,
            User = change.User,
            IsInboundUser = change.User is null,
            Mode = change.Mode,
            Size = change.Size.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Name = change.PoolName,
            Team = change.Team,
            Reason = change.Reason ?? change.Decision,
        };
        var (request, mistakes) = rules.Check(asked, cluster, teams.Find(change.Team) is { } team ? [team] : []);
        return request switch
        {
            null => $"Since this was asked for, something has changed. {mistakes[0].Message}.",
            { Decision: { NeedsReview: true, Words: var words } } when change.ApproverId is null =>
                $"Since this was asked for, the cluster has changed: {words}. Ask again, and a lead decides.",
            _ => null,
        };
    }

    private async Task<PoolChange> SendAsync(PoolChange change)
    {
        change = await journal.WriteAsync(change, [AuditAction.Sent], (row, now) =>
        {
            row.MoveTo(ChangeState.Running, now);
            row.Attempt++;
            row.InFlight = true;
            row.FirstSentAt ??= now;
            row.ReadBacks = 0;
            row.NotBefore = null;
            row.Say(null);
        });

        var answer = await api.CreatePoolAsync(change.ClusterId, new NewPool(change.PoolName, change.Fields), CancellationToken.None);
        return answer.TryGet(out var created, out var failure)
            ? await ConfirmAsync(change, created)
            : await HearAsync(change, failure);
    }

    private async Task<PoolChange> ConfirmAsync(PoolChange change, Created created)
    {
        var read = await api.GetPoolAsync(change.ClusterId, change.PoolName, CancellationToken.None);
        if (!read.TryGet(out var pool, out var failure))
        {
            // The creation was confirmed; that it does not show yet takes nothing from that.
            return await FinishAsync(change, created.Pool, created.RequestId, $"created, but not read back: {FailureWords.Of(failure).Happened}");
        }

        return pool.Fields == change.Fields
            ? await FinishAsync(change, pool, created.RequestId, "read back as asked for")
            : await JudgeAsync(change, pool.Fields, clock.GetUtcNow(), failure: null);
    }

    private async Task<PoolChange> HearAsync(PoolChange change, ApiFailure failure)
    {
        switch (failure)
        {
            case { Kind: ApiFailureKind.Throttled or ApiFailureKind.NotSent or ApiFailureKind.NoToken }:
                return await PostponeAsync(change, failure);

            case { Kind: ApiFailureKind.NotReady } when change.NotReadyAnswers < options.Value.NotReadyTimes:
                return await PostponeAsync(change, failure);

            case { Kind: ApiFailureKind.Unknown }:
                return await LoseAnswerAsync(change, failure);

            case { Kind: ApiFailureKind.Conflict } or { Status: 422 }:
                var read = await api.GetPoolAsync(change.ClusterId, change.PoolName, CancellationToken.None);
                if (read.TryGet(out var pool, out var readFailure))
                {
                    return await JudgeAsync(change, pool.Fields, await FirstSeenAsync(change), failure);
                }

                // The refusal speaks for this call only: an earlier one of ours may stand behind it.
                return readFailure.IsCertainlyAbsent || change.Attempt == 1
                    ? await FailAsync(change, failure)
                    : await LoseAnswerAsync(change, failure);

            default:
                return await FailAsync(change, failure);
        }
    }

    private async Task<PoolChange> ReadBackAsync(PoolChange change, CancellationToken cancellationToken)
    {
        var read = await api.GetPoolAsync(change.ClusterId, change.PoolName, cancellationToken);
        if (read.TryGet(out var pool, out var failure))
        {
            return await JudgeAsync(change, pool.Fields, await FirstSeenAsync(change), failure: null);
        }

        var gaveUp = clock.GetUtcNow() - change.FirstSentAt > options.Value.ReadBackFor;
        if (!failure.IsCertainlyAbsent)
        {
            return gaveUp ? await AskPersonAsync(change) : await WaitToReadBackAsync(change, failure);
        }

        if (change.ReadBacks + 1 < options.Value.ReadBackTimes)
        {
            return await WaitToReadBackAsync(change, failure: null);
        }

        return change.Attempt <= options.Value.SendAgainTimes && !gaveUp ? await SendAsync(change) : await AskPersonAsync(change);
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
            return await FinishAsync(change, pool: null, requestId: null, "found again: an answer was lost, the pool is there as asked for");
        }

        return await journal.WriteAsync(change, [AuditAction.FoundConflict], (row, now) =>
        {
            // Only what was taken up can find a conflict, and taking it up is this very moment.
            if (row.State is ChangeState.Approved)
            {
                row.MoveTo(ChangeState.Running, now);
            }

            row.InFlight = false;
            row.MoveTo(ChangeState.Conflict, now);
            row.Say(
                fields is null || fields == change.Fields
                    ? $"A pool named {row.PoolName} is on {row.ClusterName} already, and this change did not make it."
                    : $"A pool named {row.PoolName} is on {row.ClusterName}, with other values: {Words(fields)}.",
                "Nothing was changed. Find out whose it is. When it is the team's own, a lead can say so here; else give this up and choose another name.",
                failure);
        });
    }

    private Task<PoolChange> FinishAsync(PoolChange change, Pool? pool, string? requestId, string words) =>
        journal.WriteAsync(
            change,
            [pool is null ? AuditAction.FoundAgain : AuditAction.Answered, AuditAction.Done],
            (row, now) =>
            {
                if (row.State is ChangeState.Approved)
                {
                    row.MoveTo(ChangeState.Running, now);
                }

                row.MoveTo(ChangeState.Done, now);
                row.InFlight = false;
                row.WasFoundAgain = pool is null;
                row.Say(pool is null ? "The answer of DigitalOcean was lost on the way; the pool was found again." : null);
                row.ApiRequestId = requestId;
                row.Reach(ChangeStepKind.AskedDigitalOcean, now, row.Attempt > 1 ? $"{row.Attempt} times" : null);
                row.Reach(ChangeStepKind.ReadBack, now, words);
            },
            (db, row, token) => ManagedPools.KeepAsync(db, row, row.Fields, clock.GetUtcNow(), token));

    private Task<PoolChange> LoseAnswerAsync(PoolChange change, ApiFailure? failure) =>
        journal.WriteAsync(change, [AuditAction.AnswerLost], (row, now) =>
        {
            row.MoveTo(ChangeState.Unknown, now);
            row.InFlight = false;
            row.NotBefore = now + options.Value.ReadBackAfter;
            row.Say(
                failure is null ? "The portal was stopped while DigitalOcean was being asked." : FailureWords.Of(failure).Happened,
                "The pool may be there or not. The portal reads it back, and sends again only when it is not.",
                failure);
        });

    private Task<PoolChange> WaitToReadBackAsync(PoolChange change, ApiFailure? failure) =>
        journal.WriteAsync(change, [], (row, now) =>
        {
            row.ReadBacks += failure is null ? 1 : 0;
            row.NotBefore = failure is null
                ? now + (options.Value.ReadBackAfter * Math.Pow(3, row.ReadBacks))
                : failure.RetryAt ?? now + options.Value.RetryAfter;
            row.Touch(now);
        });

    /// <summary>What certainly was not carried out waits for its next turn.</summary>
    private Task<PoolChange> PostponeAsync(PoolChange change, ApiFailure failure)
    {
        var words = FailureWords.Of(failure);
        return journal.WriteAsync(change, change.Happened == words.Happened ? [] : [AuditAction.Postponed], (row, now) =>
        {
            if (row.InFlight)
            {
                row.InFlight = false;
                row.Attempt--;
                row.FirstSentAt = row.Attempt == 0 ? null : row.FirstSentAt;
            }

            if (row.State is ChangeState.Running)
            {
                row.MoveTo(ChangeState.Approved, now);
            }

            if (failure.Kind is ApiFailureKind.NotReady)
            {
                row.NotReadyAnswers++;
                row.NotBefore = now + options.Value.NotReadyWait;
            }
            else
            {
                row.NotBefore = failure.RetryAt ?? now + options.Value.RetryAfter;
            }

            row.Say(words.Happened, words.ToDo, failure);
            row.Touch(now);
        });
    }

    private Task<PoolChange> FailAsync(PoolChange change, ApiFailure failure)
    {
        var words = FailureWords.Of(failure);
        return journal.WriteAsync(change, [AuditAction.Failed], (row, now) =>
        {
            Fail(row, now);
            row.Say(words.Happened, words.ToDo, failure);
        });
    }

    private Task<PoolChange> FailAsync(PoolChange change, string happened) =>
        journal.WriteAsync(change, [AuditAction.Failed], (row, now) =>
        {
            Fail(row, now);
            row.Say(happened, "Nothing was sent to DigitalOcean. Try again with other values.");
        });

    private static void Fail(PoolChange row, DateTimeOffset now)
    {
        row.MoveTo(ChangeState.Failed, now);
        row.InFlight = false;
    }

    private Task<PoolChange> AskPersonAsync(PoolChange change) =>
        journal.WriteAsync(change, [AuditAction.LeftToPerson], (row, now) =>
        {
            row.MoveTo(ChangeState.NeedsPerson, now);
            row.Say(
                $"DigitalOcean was asked {row.Attempt} times, and it is still not clear what came of it.",
                $"Look in DigitalOcean's control panel whether {row.PoolName} is on {row.ClusterName}, then decide here.");
        });

    private Task<DateTimeOffset?> FirstSeenAsync(PoolChange change) =>
        database.ReadAsync(
            db => db.Set<PoolRecord>()
                .Where(pool => pool.ClusterId == change.ClusterId && pool.Name == change.PoolName)
                .Select(pool => (DateTimeOffset?)pool.FirstSeenAt)
                .FirstOrDefaultAsync(),
            CancellationToken.None);

    private static string Words(PoolFields fields) =>
        $"{fields.Mode.ToApiText()}, size {fields.Size}, database {fields.Database}, {(fields.User is null ? "inbound user" : $"user {fields.User}")}";
}
