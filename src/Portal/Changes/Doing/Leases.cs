using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Storage;

namespace Portal.Changes;

/// <summary>Which process works on a change: one at a time, for a while that it renews as long as it lives.</summary>
internal sealed class Leases(Database database, ChangeJournal journal, IOptions<ChangesOptions> options, TimeProvider clock)
{
    /// <summary>What was written further ahead than this was written before the clock was set back, and its times mean nothing any more.</summary>
    public static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(1);

    /// <summary>What nobody works on. A lease that reaches further than any that is given is one from before the clock was set back.</summary>
    public IQueryable<PoolChange> Free(IQueryable<PoolChange> changes, DateTimeOffset now)
    {
        var furthest = now + options.Value.Lease + ClockSlack;
        return changes.Where(change => change.LeaseUntil == null || change.LeaseUntil < now || change.LeaseUntil > furthest);
    }

    /// <summary>Takes of these changes what nobody works on and no other portal is about to take.</summary>
    /// <param name="due">What of all changes may be taken, first come first; it is asked again at the moment of taking.</param>
    /// <returns>What is this process's now.</returns>
    public Task<List<PoolChange>> TakeAsync(Func<PortalDbContext, IQueryable<PoolChange>> due, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var until = now + options.Value.Lease;
        return database.WriteAsync(
            async (db, token) =>
            {
                var taken = await due(db).NotHeld().AsNoTracking().ToListAsync(token);
                var ids = taken.Select(change => change.Id).ToList();
                await db.Set<PoolChange>().Where(row => ids.Contains(row.Id)).ExecuteUpdateAsync(
                    row => row.SetProperty(x => x.LeaseOwner, journal.Owner).SetProperty(x => x.LeaseUntil, until), token);
                return taken;
            },
            cancellationToken);
    }

    /// <summary>A database that only one process can use holds no lease of a living other one.</summary>
    public Task ReleaseDeadAsync(CancellationToken cancellationToken) =>
        !database.IsExclusive
            ? Task.CompletedTask
            : database.WriteAsync(
                (db, token) => db.Set<PoolChange>().Where(change => change.LeaseOwner != null)
                    .ExecuteUpdateAsync(row => row.SetProperty(x => x.LeaseOwner, (Guid?)null).SetProperty(x => x.LeaseUntil, (DateTimeOffset?)null), token),
                cancellationToken);

    public Task RenewAsync(IReadOnlyList<long> changes, CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow() + options.Value.Lease;
        return database.WriteAsync(
            (db, token) => db.Set<PoolChange>().Where(change => change.LeaseOwner == journal.Owner && changes.Contains(change.Id))
                .ExecuteUpdateAsync(row => row.SetProperty(x => x.LeaseUntil, until), token),
            cancellationToken);
    }
}
