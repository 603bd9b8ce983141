using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Audit;
using Portal.Changes;
using Portal.Inventory;
using Portal.Storage;

namespace Portal.Reviews.LookAfter;

/// <summary>Writes into the record when a look becomes due: once for each pool and date. What tells people of it reads the record.</summary>
internal sealed class LooksDue(Database database, AuditLog audit, IOptions<ChangesOptions> options, TimeProvider clock)
{
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (!await database.ReadAsync(db => Unsaid(db, now).AnyAsync(cancellationToken), cancellationToken))
        {
            return;
        }

        await audit.CommitAsync(
            async (work, token) =>
            {
                // Of two portals that look at the same moment the second finds the first one's rows.
                await Database.LockAsync(work.Db, WriteLock.Inventory, token);
                foreach (var pool in await Unsaid(work.Db, now).AsNoTracking().ToListAsync(token))
                {
                    work.Record(EntryOf(pool));
                }
            },
            cancellationToken);
    }

    // A row that is younger than the date is about it: the next date begins with a look, which is later still.
    private IQueryable<ManagedPool> Unsaid(PortalDbContext db, DateTimeOffset now)
    {
        var firstBefore = now - options.Value.LookEvery;
        return db.Set<ManagedPool>().Where(pool =>
            (pool.NextLookAt != null ? pool.NextLookAt <= now : pool.ManagedSince <= firstBefore)
            && !db.Set<AuditRow>().Any(row =>
                row.ClusterId == pool.ClusterId
                && row.Pool == pool.Name
                && row.Action == AuditAction.LookDue
                && row.At >= (pool.NextLookAt ?? pool.ManagedSince)));
    }

    private AuditEntry EntryOf(ManagedPool pool) => new(AuditAction.LookDue)
    {
        ClusterId = pool.ClusterId,
        Pool = pool.Name,
        Details = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["team"] = pool.Team,
            ["owner"] = pool.OwnerName,
            ["due"] = pool.LookDueAt(options.Value.LookEvery).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        },
    };
}
