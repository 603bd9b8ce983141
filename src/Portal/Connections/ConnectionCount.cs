using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Access;
using Portal.Storage;

namespace Portal.Connections;

/// <summary>How many connections a person has taken of late. Whoever has somebody's session, or leaves tomorrow, gets no more of them than anybody needs.</summary>
internal sealed class ConnectionCount(IOptions<ConnectionsOptions> options, TimeProvider clock)
{
    /// <summary>A pool that was asked for within this is not looked at for the first time. Older rows are forgotten.</summary>
    public static readonly TimeSpan KnownFor = TimeSpan.FromDays(90);

    /// <summary>Counts one more, or says why not. In the transaction that records the asking.</summary>
    /// <remarks>It waits for every other that records something, on both databases, so that many at once are counted one after the other.</remarks>
    public async Task<Counted> TakeAsync(PortalDbContext db, Session session, ConnectionRequest request, CancellationToken cancellationToken)
    {
        await Database.LockAsync(db, WriteLock.Audit, cancellationToken);
        var now = clock.GetUtcNow();
        var forgotten = now - KnownFor;
        await db.Set<ConnectionAsked>().Where(asked => asked.At < forgotten).ExecuteDeleteAsync(cancellationToken);
        if (await FindReachedAsync(db, session, request, now, cancellationToken) is { } reached)
        {
            return new Counted(null, reached);
        }

        var taken = new ConnectionAsked { PersonId = session.PersonId, ClusterId = request.Cluster, PoolName = request.Pool, At = now };
        db.Add(taken);
        return new Counted(taken, null);
    }

    /// <summary>Nothing came of it, so it does not count.</summary>
    public static Task GiveBackAsync(PortalDbContext db, ConnectionAsked taken, CancellationToken cancellationToken) =>
        db.Set<ConnectionAsked>().Where(asked => asked.Id == taken.Id).ExecuteDeleteAsync(cancellationToken);

    private async Task<LimitReached?> FindReachedAsync(
        PortalDbContext db, Session session, ConnectionRequest request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var limits = options.Value;
        var own = db.Set<ConnectionAsked>().AsNoTracking().Where(asked => asked.PersonId == session.PersonId);
        var since = Later(now - TimeSpan.FromHours(1), ProvedAt(session));
        var ofLate = await own.Where(asked => asked.At > since).OrderBy(asked => asked.Id).ToListAsync(cancellationToken);
        if (ofLate.Count >= limits.PerHour)
        {
            return new LimitReached(LimitKind.PerHour, limits.PerHour, TimeSpan.FromHours(1), since, ofLate[^limits.PerHour].At + TimeSpan.FromHours(1), ofLate);
        }

        if (ofLate.Count < limits.FirstLooks || await own.AnyAsync(asked => asked.ClusterId == request.Cluster && asked.PoolName == request.Pool, cancellationToken))
        {
            return null;
        }

        var firsts = await own.GroupBy(asked => new { asked.ClusterId, asked.PoolName }).Select(pool => pool.Min(asked => asked.Id)).ToListAsync(cancellationToken);
        var firstSince = Later(now - limits.FirstLooksWithin, since);
        var firstOfLate = ofLate.Where(asked => asked.At > firstSince).IntersectBy(firsts, asked => asked.Id).ToList();
        return firstOfLate.Count >= limits.FirstLooks
            ? new LimitReached(
                LimitKind.FirstLooks, limits.FirstLooks, limits.FirstLooksWithin, since, firstOfLate[^limits.FirstLooks].At + limits.FirstLooksWithin, firstOfLate)
            : null;
    }

    // Where that begins a new count. A provider's clock that is ahead of ours leaves nothing out.
    private DateTimeOffset ProvedAt(Session session) =>
        options.Value.Beyond is not BeyondUsual.StepUp || session.AuthenticatedAt is not { } proved ? DateTimeOffset.MinValue
        : proved < session.CreatedAt ? proved
        : session.CreatedAt;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}

/// <summary>Either of the two.</summary>
internal sealed record Counted(ConnectionAsked? Taken, LimitReached? Reached);

internal enum LimitKind
{
    PerHour,
    FirstLooks,
}

/// <summary>A person has had as many connections as the settings allow.</summary>
/// <param name="Since">An hour ago, or when the person proved anew who they are: what was told since then is told.</param>
/// <param name="Until">When there is one more.</param>
/// <param name="Counted">What was counted, the oldest first.</param>
internal sealed record LimitReached(LimitKind Kind, int Most, TimeSpan Within, DateTimeOffset Since, DateTimeOffset Until, IReadOnlyList<ConnectionAsked> Counted);
