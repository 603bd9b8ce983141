using Portal.Changes;

namespace Portal.Reviews.LookAfter;

/// <summary>What became of one of several pools.</summary>
/// <param name="Words">A sentence without the pool's name.</param>
/// <param name="ChangeId">The change that was made for it; null when none was needed, or nothing was done.</param>
public sealed record CareOutcome(PoolKey Pool, CareResult Result, string Words, long? ChangeId = null)
{
    public static CareOutcome Done(PoolKey pool, string words) => new(pool, CareResult.Done, words);

    public static CareOutcome Refused(PoolKey pool, string words) => new(pool, CareResult.Refused, words);

    public static CareOutcome Gone(PoolKey pool) => Refused(pool, "The portal does not manage it any more.");

    internal static CareOutcome Of(PoolKey pool, PoolChange change) => change.State is ChangeState.WaitingForReview
        ? new(pool, CareResult.Waiting, $"Waits for a review as change {change.Id}: {change.Decision}.", change.Id)
        : new(pool, CareResult.UnderWay, $"Under way as change {change.Id}.", change.Id);

    internal static CareOutcome Of(PoolKey pool, NotTaken notTaken) =>
        Refused(pool, notTaken.Message ?? $"{string.Join(". ", notTaken.Mistakes.Select(mistake => mistake.Message))}.");
}

/// <summary>What became of all of them, in the order in which they were chosen.</summary>
public sealed record CareOutcomes(IReadOnlyList<CareOutcome> Pools);

public enum CareResult
{
    Done,

    /// <summary>A change was made and is being carried out.</summary>
    UnderWay,

    /// <summary>A change was made and waits for a review.</summary>
    Waiting,
    Refused,
}
