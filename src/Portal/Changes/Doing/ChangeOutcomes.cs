using Microsoft.Extensions.Options;
using Portal.Audit;
using Portal.DigitalOcean;
using Portal.Inventory;

namespace Portal.Changes;

/// <summary>How a change that was carried out ended, in words.</summary>
/// <param name="RequestId">Of the call that did it; null when its answer was lost and the effect was found.</param>
/// <param name="ReadBack">What was read back; null for a change whose effect cannot be read.</param>
internal sealed record ChangeEnding(string? RequestId, string? ReadBack)
{
    public bool WasFound { get; init; }

    /// <summary>Said on the page; null when there is nothing that the steps do not say.</summary>
    public string? Happened { get; init; }
}

/// <summary>Every way in which a turn can end, whatever kind of change it is, each written down together with its rows in the record.</summary>
internal sealed class ChangeOutcomes(ChangeJournal journal, IOptions<ChangesOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan HeldReadBacksApart = TimeSpan.FromMinutes(1);

    private readonly ChangesOptions _options = options.Value;

    /// <summary>The pool was read back so often, and not there, that the call may go out again.</summary>
    public bool HasReadBackEnough(PoolChange change) => change.ReadBacks + 1 >= _options.ReadBackTimes;

    public bool MaySendAgain(PoolChange change) => change.Attempt <= _options.SendAgainTimes && !HasTriedLongEnough(change);

    public bool HasTriedLongEnough(PoolChange change) => clock.GetUtcNow() - change.FirstSentAt > _options.ReadBackFor;

    /// <summary>Taken up once and never sent: it waits for its turn as before.</summary>
    public Task<PoolChange> ReturnAsync(PoolChange change) =>
        journal.WriteAsync(change, [AuditAction.Postponed], (row, now) => row.MoveTo(ChangeState.Approved, now));

    /// <summary>The intent, before the call goes out.</summary>
    /// <exception cref="FrozenException">Changes have been frozen meanwhile: nothing may go out.</exception>
    public Task<PoolChange> IntendAsync(PoolChange change) =>
        journal.WriteAsync(
            change,
            [AuditAction.Sent],
            (row, now) =>
            {
                row.MoveTo(ChangeState.Running, now);
                row.Attempt++;
                row.InFlight = true;
                row.FirstSentAt ??= now;
                row.ReadBacks = 0;
                row.NotBefore = null;
                row.Say(null);
            },
            alongside: null,
            unless: async (work, row, token) =>
            {
                if (Freezes.Of(await Freezes.HoldingAsync(work.Db, clock.GetUtcNow(), token), row.ClusterId) is { } freeze)
                {
                    throw new FrozenException(freeze);
                }
            });

    /// <summary>What was about to be sent waits for the end of a freeze. A call with an unknown end is read back now and then meanwhile.</summary>
    public Task<PoolChange> HoldAsync(PoolChange change) =>
        journal.WriteAsync(change, [], (row, now) =>
        {
            row.NotBefore = row.State is ChangeState.Unknown ? now + HeldReadBacksApart : row.NotBefore;
            row.Touch(now);
        });

    /// <summary>The cluster could not be read before the call.</summary>
    public Task<PoolChange> CannotLookAsync(PoolChange change, ApiFailure failure) =>
        failure.Kind is ApiFailureKind.Unauthorized or ApiFailureKind.Forbidden || failure.IsCertainlyAbsent
            ? FailAsync(change, failure)
            : PostponeAsync(change, failure);

    /// <summary>What a failed call means whatever it asked for: to wait, or not to know. Null when it was refused, which each kind judges for itself.</summary>
    public async Task<PoolChange?> HearAsync(PoolChange change, ApiFailure failure) => failure switch
    {
        { Kind: ApiFailureKind.Throttled or ApiFailureKind.NotSent or ApiFailureKind.NoToken } => await PostponeAsync(change, failure),
        { Kind: ApiFailureKind.NotReady } when change.NotReadyAnswers < _options.NotReadyTimes => await PostponeAsync(change, failure),
        { Kind: ApiFailureKind.Unknown } => await LoseAnswerAsync(change, failure),
        _ => null,
    };

    /// <param name="failure">Null when the process was stopped in the middle.</param>
    public Task<PoolChange> LoseAnswerAsync(PoolChange change, ApiFailure? failure) =>
        DoubtAsync(change, failure is null ? "The portal was stopped while DigitalOcean was being asked." : FailureWords.Of(failure).Happened, failure);

    /// <summary>It is not known whether the call took effect.</summary>
    public Task<PoolChange> DoubtAsync(PoolChange change, string happened, ApiFailure? failure) =>
        journal.WriteAsync(change, [AuditAction.AnswerLost], (row, now) =>
        {
            row.MoveTo(ChangeState.Unknown, now);
            row.InFlight = false;
            row.NotBefore = now + _options.ReadBackAfter;
            row.Say(happened, ChangeWords.InDoubt(row), failure);
        });

    /// <param name="failure">Why nothing could be read; null when it was read and shows no effect.</param>
    public Task<PoolChange> WaitToReadBackAsync(PoolChange change, ApiFailure? failure) =>
        journal.WriteAsync(change, [], (row, now) =>
        {
            row.ReadBacks += failure is null ? 1 : 0;
            row.NotBefore = failure is null
                ? now + (_options.ReadBackAfter * Math.Pow(3, row.ReadBacks))
                : failure.RetryAt ?? now + _options.RetryAfter;
            row.Touch(now);
        });

    /// <summary>What certainly was not carried out waits for its next turn.</summary>
    public Task<PoolChange> PostponeAsync(PoolChange change, ApiFailure failure)
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
                row.NotBefore = now + _options.NotReadyWait;
            }
            else
            {
                row.NotBefore = failure.RetryAt ?? now + _options.RetryAfter;
            }

            row.Say(words.Happened, words.ToDo, failure);
            row.Touch(now);
        });
    }

    public Task<PoolChange> FailAsync(PoolChange change, ApiFailure failure)
    {
        var words = FailureWords.Of(failure);
        return FailAsync(change, words.Happened, words.ToDo, failure);
    }

    public Task<PoolChange> FailAsync(PoolChange change, string happened, string toDo, ApiFailure? failure = null) =>
        journal.WriteAsync(change, [AuditAction.Failed], (row, now) =>
        {
            row.MoveTo(ChangeState.Failed, now);
            row.InFlight = false;
            row.Say(happened, toDo, failure);
        });

    /// <summary>What stands at DigitalOcean is not what this change was about.</summary>
    public Task<PoolChange> ConflictAsync(PoolChange change, string happened, string toDo, ApiFailure? failure = null) =>
        journal.WriteAsync(change, [AuditAction.FoundConflict], (row, now) =>
        {
            TakeUp(row, now);
            row.InFlight = false;
            row.MoveTo(ChangeState.Conflict, now);
            row.Say(happened, toDo, failure);
        });

    public Task<PoolChange> AskPersonAsync(PoolChange change, string happened, string toDo) =>
        journal.WriteAsync(change, [AuditAction.LeftToPerson], (row, now) =>
        {
            row.MoveTo(ChangeState.NeedsPerson, now);
            row.Say(happened, toDo);
        });

    /// <param name="alongside">What the portal answers for from now on, in the same transaction.</param>
    public Task<PoolChange> DoneAsync(PoolChange change, ChangeEnding ending, ManagedPools.Keeping alongside) =>
        journal.WriteAsync(
            change,
            [ending.WasFound ? AuditAction.FoundAgain : AuditAction.Answered, AuditAction.Done],
            (row, now) =>
            {
                TakeUp(row, now);
                row.MoveTo(ChangeState.Done, now);
                row.InFlight = false;
                row.WasFoundAgain = ending.WasFound;
                row.Say(ending.Happened);
                row.ApiRequestId = ending.RequestId;
                if (ChangeKinds.StepsOf(row.Kind).Contains(ChangeStepKind.AskedDigitalOcean))
                {
                    row.Reach(ChangeStepKind.AskedDigitalOcean, now, row.Attempt > 1 ? $"{row.Attempt} times" : null);
                }

                if (ending.ReadBack is not null)
                {
                    row.Reach(ChangeStepKind.ReadBack, now, ending.ReadBack);
                }
            },
            async (work, row, token) =>
            {
                await alongside(work.Db, row, clock.GetUtcNow(), token);
                await Overtaking.FailOthersAsync(work, row, clock.GetUtcNow(), token);
            });

    // Only what was taken up can end, and taking it up is this very moment.
    private static void TakeUp(PoolChange row, DateTimeOffset now)
    {
        if (row.State is ChangeState.Approved)
        {
            row.MoveTo(ChangeState.Running, now);
        }
    }
}
