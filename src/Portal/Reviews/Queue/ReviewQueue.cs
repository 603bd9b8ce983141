using Microsoft.EntityFrameworkCore;
using Portal.Access;
using Portal.Changes;
using Portal.DigitalOcean;
using Portal.Storage;

namespace Portal.Reviews.Queue;

/// <param name="Changes">One page of what was asked for; what is open by age, what is decided by the latest first.</param>
/// <param name="Urgent">What was run before anybody could decide, and nobody has looked at: by team, the oldest first, a page at most.</param>
internal sealed record QueueView(IReadOnlyList<PoolChange> Changes, bool HasMore, IReadOnlyList<PoolChange> Urgent);

/// <summary>Reads what waits for people. No question costs more with 10,000 requests than with ten: pages are limited, and counts end where nobody counts on.</summary>
internal sealed class ReviewQueue(Sessions sessions, People people, Teams teams, Database database)
{
    public const int PageSize = 50;

    /// <summary>More than this is only said to be more.</summary>
    public const int MostCounted = 99;

    public async Task<Result<QueueView, Refusal>> OpenAsync(SessionKey session, ReviewQuery query, CancellationToken cancellationToken)
    {
        if (!(await ReadAsync(session, cancellationToken)).TryGet(out var mine, out var refusal))
        {
            return refusal;
        }

        var rows = await database.ReadAsync(
            db => Ordered(Shown(db, mine, query), query.Show).Skip((query.Page - 1) * PageSize).Take(PageSize + 1).ToListAsync(cancellationToken),
            cancellationToken);
        // In the order of the index on what is urgent: in another one the whole table would be looked through for what is hardly ever there.
        IReadOnlyList<PoolChange> urgent = query.Show is ReviewShow.Decided ? [] : await database.ReadAsync(
            db => Filtered(query.Show is ReviewShow.Mine ? mine.In(Unseen(db)) : Unseen(db), query).OrderBy(change => change.Team).ThenBy(change => change.Id).Take(PageSize).ToListAsync(cancellationToken),
            cancellationToken);
        return new QueueView([.. rows.Take(PageSize)], rows.Count > PageSize, urgent);
    }

    /// <summary>How many wait for this person, up to one more than <see cref="MostCounted"/>; 0 for who decides nothing.</summary>
    public async Task<int> CountAsync(SessionKey session, CancellationToken cancellationToken)
    {
        if (!(await ReadAsync(session, cancellationToken)).TryGet(out var mine, out _))
        {
            return 0;
        }

        return await database.ReadAsync(
            async db => Math.Min(
                MostCounted + 1,
                await mine.In(Waiting(db)).Take(MostCounted + 1).CountAsync(cancellationToken) + await mine.In(Unseen(db)).Take(MostCounted + 1).CountAsync(cancellationToken)),
            cancellationToken);
    }

    private async Task<Result<WaitingFor, Refusal>> ReadAsync(SessionKey session, CancellationToken cancellationToken)
    {
        if (!(await sessions.ReadAsync(session, cancellationToken)).TryGet(out var person, out var ended))
        {
            return ended;
        }

        return ReviewsRoom.IsOpenTo(person) ? new WaitingFor(person, await people.AllAsync(cancellationToken), teams) : ReviewsRoom.NotALead;
    }

    // What waits for people has no time to come back. Said all the same: so the index on both gives the rows by age, and nothing is sorted.
    private static IQueryable<PoolChange> Waiting(PortalDbContext db) =>
        db.Set<PoolChange>().Where(change => change.State == ChangeState.WaitingForReview && change.NotBefore == null);

    private static IQueryable<PoolChange> Unseen(PortalDbContext db) => db.Set<PoolChange>().Where(change => change.IsUrgent && change.SeenAt == null);

    private static IQueryable<PoolChange> Shown(PortalDbContext db, WaitingFor mine, ReviewQuery query) => Filtered(
        query.Show switch
        {
            ReviewShow.Mine => mine.In(Waiting(db)),
            ReviewShow.Open => Waiting(db),
            _ => db.Set<PoolChange>().Where(change => change.State != ChangeState.WaitingForReview).Include(change => change.Steps.Where(step => step.Kind == ChangeStepKind.Approved)),
        },
        query);

    private static IQueryable<PoolChange> Filtered(IQueryable<PoolChange> changes, ReviewQuery query)
    {
        changes = query.Kind is { } kind ? changes.Where(change => change.Kind == kind) : changes;
        changes = query.Team is { } team ? changes.Where(change => change.Team == team) : changes;
#pragma warning disable CA1862, MA0011 // Said in SQL, where there are neither cultures nor comparisons.
        if (query.Requester?.ToLowerInvariant() is { } requester)
        {
            changes = changes.Where(change => change.RequesterName.ToLower().Contains(requester));
        }

        return query.Cluster?.ToLowerInvariant() is { } cluster ? changes.Where(change => change.ClusterName.ToLower().Contains(cluster)) : changes;
#pragma warning restore CA1862, MA0011
    }

    private static IQueryable<PoolChange> Ordered(IQueryable<PoolChange> changes, ReviewShow show) =>
        show is ReviewShow.Decided ? changes.OrderByDescending(change => change.Id) : changes.OrderBy(change => change.Id);
}
