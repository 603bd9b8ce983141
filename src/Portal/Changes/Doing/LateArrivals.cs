using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Inventory;
using Portal.Storage;

namespace Portal.Changes;

/// <summary>Links a pool that appears after its change has failed to that change: DigitalOcean may have carried the call out late.</summary>
internal sealed class LateArrivals(Database database, AuditLog audit, ChangeFeed feed, TimeProvider clock)
{
    private static readonly TimeSpan LookBack = TimeSpan.FromDays(1);

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow() - LookBack;
        var appeared = await database.ReadAsync(
            db => Appeared(db, since).Select(change => change.Id).ToListAsync(cancellationToken),
            cancellationToken);
        if (appeared.Count == 0)
        {
            return;
        }

        await audit.CommitAsync(
            async (work, token) =>
            {
                foreach (var change in await Appeared(work.Db, since).ToListAsync(token))
                {
                    change.AppearedAt = clock.GetUtcNow();
                    change.Version++;
                    work.Record(change.Entry(AuditAction.AppearedLate));
                }
            },
            cancellationToken);
        appeared.ForEach(feed.Notify);
    }

    // Only what may have been sent can arrive late, and a pool that the portal answers for came another way.
    private static IQueryable<PoolChange> Appeared(PortalDbContext db, DateTimeOffset since) =>
        db.Set<PoolChange>().Where(change =>
            change.State == ChangeState.Failed
            && change.Kind == ChangeKind.Create
            && change.Attempt > 0
            && change.AppearedAt == null
            && change.ChangedAt > since
            && db.Set<PoolRecord>().Any(pool => pool.ClusterId == change.ClusterId && pool.Name == change.PoolName && pool.FirstSeenAt > change.ChangedAt)
            && !db.Set<ManagedPool>().Any(pool => pool.ClusterId == change.ClusterId && pool.Name == change.PoolName));
}
