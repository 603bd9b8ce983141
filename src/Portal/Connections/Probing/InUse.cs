namespace Portal.Connections.Probing;

/// <summary>The server connections of a pool at one moment, the one that looked left out.</summary>
/// <param name="Active">At work on a query.</param>
/// <param name="IdleInTransaction">Held by a client in the middle of a transaction, which asks for nothing at the moment.</param>
/// <param name="Idle">Free; in session mode also held by a client that does nothing.</param>
internal sealed record InUse(DateTimeOffset SeenAt, int Active, int IdleInTransaction, int Idle)
{
    /// <summary>Clients that wait for a server connection; null where the cluster does not tell.</summary>
    public int? Waiting { get; init; }

    /// <summary>Clients that have a server connection; null where the cluster does not tell.</summary>
    public int? AtWork { get; init; }

    /// <summary>Null where the cluster does not tell.</summary>
    public TimeSpan? LongestWait { get; init; }

    /// <summary>What to know before these figures are believed. Only what is seen at the moment has it.</summary>
    public InUseContext? Context { get; init; }

    public int Total => Active + IdleInTransaction + Idle;
}

/// <param name="User">Whose connections were counted.</param>
/// <param name="Size">Server connections that the pool may have.</param>
/// <param name="Twins">Other pools to the same database as the same user.</param>
internal sealed record InUseContext(string User, string Database, int Size, bool IsInbound, bool KeepsSession, IReadOnlyList<string> Twins)
{
    /// <summary>Direct connections are among those counted: the pool had no connection free to look through.</summary>
    public bool IsDirect { get; init; }
}
