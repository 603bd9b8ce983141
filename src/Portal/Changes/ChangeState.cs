using System.Collections.Frozen;

namespace Portal.Changes;

public enum ChangeState
{
    WaitingForReview,
    Approved,
    Running,

    /// <summary>A call may have taken effect; the pool is read back.</summary>
    Unknown,

    /// <summary>What stands at DigitalOcean is somebody else's.</summary>
    Conflict,

    /// <summary>The portal cannot find out by itself.</summary>
    NeedsPerson,
    Done,
    Declined,
    Withdrawn,
    Expired,
    Failed,
}

/// <summary>Which state may follow which: the whole table, and nothing beside it.</summary>
internal static class ChangeStates
{
    private static readonly FrozenSet<(ChangeState From, ChangeState To)> Edges = new[]
    {
        (ChangeState.WaitingForReview, ChangeState.Approved),
        (ChangeState.WaitingForReview, ChangeState.Declined),
        (ChangeState.WaitingForReview, ChangeState.Withdrawn),
        (ChangeState.WaitingForReview, ChangeState.Expired),
        (ChangeState.WaitingForReview, ChangeState.Failed),
        (ChangeState.Approved, ChangeState.Running),
        (ChangeState.Approved, ChangeState.Withdrawn),
        (ChangeState.Approved, ChangeState.Failed),
        (ChangeState.Running, ChangeState.Done),
        (ChangeState.Running, ChangeState.Failed),
        (ChangeState.Running, ChangeState.Approved),
        (ChangeState.Running, ChangeState.Unknown),
        (ChangeState.Running, ChangeState.Conflict),
        (ChangeState.Unknown, ChangeState.Done),
        (ChangeState.Unknown, ChangeState.Running),
        (ChangeState.Unknown, ChangeState.Conflict),
        (ChangeState.Unknown, ChangeState.NeedsPerson),
        (ChangeState.Conflict, ChangeState.Done),
        (ChangeState.Conflict, ChangeState.Failed),
        (ChangeState.NeedsPerson, ChangeState.Done),
        (ChangeState.NeedsPerson, ChangeState.Failed),
    }.ToFrozenSet();

    /// <summary>The states in which a change holds its pool's name, so that no second one can be at it.</summary>
    public static readonly IReadOnlyList<ChangeState> Active =
        [ChangeState.Approved, ChangeState.Running, ChangeState.Unknown, ChangeState.Conflict, ChangeState.NeedsPerson];

    public static readonly IReadOnlyList<ChangeState> Finished =
        [ChangeState.Done, ChangeState.Declined, ChangeState.Withdrawn, ChangeState.Expired, ChangeState.Failed];

    public static bool MayFollow(this ChangeState to, ChangeState from) => Edges.Contains((from, to));
}
