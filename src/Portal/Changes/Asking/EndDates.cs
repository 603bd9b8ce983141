using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Inventory;
using Portal.Storage;

namespace Portal.Changes;

/// <summary>When the end date of a pool has come, the portal asks a lead whether it may be deleted. Nothing is deleted without a lead's word.</summary>
internal sealed class EndDates(Database database, AuditLog audit, ChangeFeed feed, BoardKeeper board, TimeProvider clock)
{
    /// <summary>What the change says to have been asked by.</summary>
    public const string PortalName = "Pool Portal";

    private static readonly IReadOnlyList<ChangeState> Finished = ChangeStates.Finished;

    /// <summary>Lets go of the end dates whose question was answered with no, then asks about those that have come.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        await ReleaseDeclinedAsync(cancellationToken);
        await AskAsync(cancellationToken);
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (!await database.ReadAsync(db => Come(db, now).AnyAsync(cancellationToken), cancellationToken))
        {
            return;
        }

        var asked = await audit.CommitAsync(
            async (work, token) =>
            {
                // Of two portals that look at the same moment the second finds the first one's question.
                await Database.LockAsync(work.Db, WriteLock.Inventory, token);
                var come = await Come(work.Db, now).ToListAsync(token);
                return come.Select(found => Ask(work, found, now)).OfType<PoolChange>().ToList();
            },
            cancellationToken);
        asked.ForEach(change => feed.Notify(change.Id));
    }

    private static PoolChange? Ask(AuditedWork work, EndedPool ended, DateTimeOffset now)
    {
        // What nobody can compare nobody can delete either; when the mode is a word that the portal knows, it asks.
        if (ended.Seen.Fields is not { } fields)
        {
            return null;
        }

        var (managed, day) = (ended.Managed, EndDate.Words(ended.Managed.EndsAt!.Value));
        var change = new PoolChange
        {
            FormId = Guid.NewGuid(),
            Kind = ChangeKind.Delete,
            State = ChangeState.WaitingForReview,
            ClusterId = managed.ClusterId,
            ClusterName = ended.ClusterName,
            PoolName = managed.Name,
            Mode = fields.Mode,
            Size = fields.Size,
            Database = fields.Database,
            User = fields.User,
            Before = StoredFields.Write(fields),
            Team = managed.Team,
            RequesterId = PoolChange.PortalId,
            RequesterName = PortalName,
            Reason = $"It was wanted until {day}. Decline to keep it, without an end date.",
            Decision = $"its end date, {day}, has come",
            RequestedAt = now,
            ChangedAt = now,
        };
        change.Reach(ChangeStepKind.CheckedPolicy, now, change.Decision);
        work.Db.Add(change);
        work.Record(() => change.Entry(AuditAction.EndDateCame));
        return change;
    }

    private async Task ReleaseDeclinedAsync(CancellationToken cancellationToken)
    {
        if (!await database.ReadAsync(db => Declined(db).AnyAsync(cancellationToken), cancellationToken))
        {
            return;
        }

        var clusters = await audit.CommitAsync(
            async (work, token) =>
            {
                await Database.LockAsync(work.Db, WriteLock.Inventory, token);
                var declined = await Declined(work.Db).ToListAsync(token);
                foreach (var pool in declined)
                {
                    work.Record(EndDateEntry.Of(pool, endsAt: null, person: null, "the deletion was declined"));
                    pool.EndsAt = null;
                }

                return declined.Select(pool => pool.ClusterId).Distinct().ToList();
            },
            cancellationToken);
        foreach (var cluster in clusters)
        {
            await board.ReloadAsync(cluster, CancellationToken.None);
        }
    }

    // While one delete of the pool is on its way, whoever asked for it, there is nothing to ask.
    private static IQueryable<EndedPool> Come(PortalDbContext db, DateTimeOffset now) =>
        from managed in db.Set<ManagedPool>()
        where managed.EndsAt < now
        join seen in db.Set<PoolRecord>() on new { managed.ClusterId, managed.Name } equals new { seen.ClusterId, seen.Name }
        join cluster in db.Set<ClusterRecord>() on managed.ClusterId equals cluster.Id
        where !db.Set<PoolChange>().Any(change =>
            change.ClusterId == managed.ClusterId && change.PoolName == managed.Name && change.Kind == ChangeKind.Delete && !Finished.Contains(change.State))
        orderby managed.EndsAt
        select new EndedPool(managed, seen, cluster.Name);

    // A question that is older than the end date was about another one.
    private static IQueryable<ManagedPool> Declined(PortalDbContext db) =>
        db.Set<ManagedPool>().Where(pool => pool.EndsAt != null && db.Set<PoolChange>().Any(change =>
            change.ClusterId == pool.ClusterId
            && change.PoolName == pool.Name
            && change.RequesterId == PoolChange.PortalId
            && change.State == ChangeState.Declined
            && change.RequestedAt > pool.EndsAt));

    private sealed record EndedPool(ManagedPool Managed, PoolRecord Seen, string ClusterName);
}
