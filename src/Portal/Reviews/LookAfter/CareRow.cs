using Portal.Connections;
using Portal.Inventory;

namespace Portal.Reviews.LookAfter;

/// <summary>A pool as the list of a lead has it.</summary>
/// <param name="NextLookAt">Null for a pool that the portal does not manage.</param>
/// <param name="MayCare">The person leads its team.</param>
/// <param name="MayHandOver">The person leads its team, or is an admin.</param>
/// <param name="MayAdopt">It is unmanaged, and a team of the person's may use it.</param>
public sealed record CareRow(
    ClusterFacts Cluster, PoolFacts Pool, IReadOnlyList<CareFlag> Flags, DateTimeOffset? NextLookAt, bool MayCare, bool MayHandOver, bool MayAdopt)
{
    public PoolKey Key => PoolKey.Of(Pool);

    /// <summary>The last connection of it that somebody was given; null when nobody was, as far as the record says.</summary>
    public HandedOutTo? LastCopied { get; init; }

    /// <summary>How much of it was in use when that was last seen; null when it never was.</summary>
    public SeenInUse? InUse { get; init; }

    /// <summary>A change of it that is not finished; null when there is none.</summary>
    public long? OpenChange { get; init; }

    /// <summary>A look is due, or the end date has come.</summary>
    public bool IsDue => Flags.Any(flag => flag.Kind is CareFlagKind.LookDue or CareFlagKind.EndCame);

    /// <summary>There is something besides the date.</summary>
    public bool IsFlagged => Flags.Any(flag => flag.Kind is not CareFlagKind.LookDue);

    /// <summary>What is changed must be what was seen, so a mode that the portal does not know cannot be chosen.</summary>
    public bool CanBeChosen => MayHandOver && Pool is { Managed: not null, Fields: not null };

    /// <exception cref="InvalidOperationException">It cannot be chosen.</exception>
    internal ChosenPool Choose() => CanBeChosen
        ? new(Key, Cluster.Name, Pool.Managed!.Team, Pool.Fields!, Guid.NewGuid()) { LastCopied = LastCopied, InUse = InUse }
        : throw new InvalidOperationException($"{Pool.Name} cannot be chosen.");
}

/// <summary>How much of a pool was in use when somebody last looked.</summary>
/// <param name="Waiting">Clients that waited for a server connection; null where the cluster does not tell.</param>
public sealed record SeenInUse(DateTimeOffset At, int InUse, int? Waiting);
