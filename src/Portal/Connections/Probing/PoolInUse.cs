using Portal.Access;

namespace Portal.Connections.Probing;

/// <summary>How much of a pool is in use, for pages on which somebody is about to change or delete it.</summary>
/// <remarks>Looking is not recorded: it tells figures, and hands out nothing.</remarks>
internal sealed class PoolInUse(PoolTargets targets, PoolProbe probe, LastTests last)
{
    /// <summary>Looks now, through the pool, and keeps the figures. Costs one or two calls and a connection of some milliseconds.</summary>
    /// <returns>Null when the person may not, or when it cannot be seen from here. For an inbound-user pool always: nobody sees what all its users do.</returns>
    public async Task<InUse?> SeeAsync(SessionKey session, Guid cluster, string pool, CancellationToken cancellationToken)
    {
        if (!(await targets.AuthorizeAsync(session, cluster, pool, cancellationToken)).TryGet(out var permitted, out _) || permitted.WhyNot is not null)
        {
            return null;
        }

        if (permitted.Cluster.Pool(pool) is { User: null }
            || !(await targets.FetchAsync(permitted, connectAs: null, cancellationToken)).TryGet(out var found, out _)
            || !(await probe.PrepareAsync(cluster, found.Pool, found.User, found.Password, cancellationToken)).TryGet(out var target, out _))
        {
            return null;
        }

        var use = await probe.LookAsync(cluster, target, cancellationToken);
        if (use is not null)
        {
            await last.KeepAsync(cluster, pool, use, cancellationToken);
        }

        return use;
    }

    /// <summary>The figures as they were last seen, with their date; null when they never were. Costs no call.</summary>
    public async Task<InUse?> LastAsync(Guid cluster, string pool, CancellationToken cancellationToken) =>
        Of(await last.FindAsync(cluster, pool, cancellationToken));

    public static InUse? Of(PoolTestRecord? row) =>
        row is { InUseSeenAt: { } at, Active: { } active, IdleInTransaction: { } held, Idle: { } idle }
            ? new InUse(at, active, held, idle) { Waiting = row.Waiting }
            : null;
}
