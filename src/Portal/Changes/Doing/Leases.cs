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

    /// <returns>Whether the change is this process's now. It is not when anybody has written it since it was read.</returns>
    public async Task<bool> TakeAsync(PoolChange change, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var until = now + options.Value.Lease;
        return await database.WriteAsync(
            (db, token) => Free(db.Set<PoolChange>(), now)
                .Where(row => row.Id == change.Id && row.Version == change.Version)
                .ExecuteUpdateAsync(
                    row => row.SetProperty(x => x.LeaseOwner, journal.Owner).SetProperty(x => x.LeaseUntil, until),
                    token),
            cancellationToken) == 1;
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
