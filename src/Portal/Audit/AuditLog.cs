using System.Data;
using Microsoft.EntityFrameworkCore;
using Portal.Storage;

namespace Portal.Audit;

/// <summary>The append-only record. What is not in it did not happen: an action and its row commit together or not at all.</summary>
internal sealed class AuditLog(Database database, TimeProvider clock)
{
    /// <summary>Records something that changes nothing else.</summary>
    public Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken) =>
        CommitAsync(
            (work, _) =>
            {
                work.Record(entry);
                return Task.CompletedTask;
            },
            cancellationToken);

    public Task CommitAsync(Func<AuditedWork, CancellationToken, Task> work, CancellationToken cancellationToken) =>
        CommitAsync(
            async (audited, token) =>
            {
                await work(audited, token);
                return true;
            },
            cancellationToken);

    /// <summary>Runs <paramref name="work"/> and what it records in one transaction. The rows are written last, so that the chain is locked for as short as can be.</summary>
    public Task<T> CommitAsync<T>(Func<AuditedWork, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (db, token) =>
            {
                var audited = new AuditedWork(db);
                var result = await work(audited, token);
                await db.SaveChangesAsync(token);
                await AppendAsync(db, audited.Entries, token);
                return result;
            },
            cancellationToken);

    private async Task AppendAsync(PortalDbContext db, IReadOnlyList<Func<AuditEntry>> entries, CancellationToken cancellationToken)
    {
        if (entries.Count == 0)
        {
            return;
        }

        // A sequence of the database would leave gaps.
        await Database.LockAsync(db, WriteLock.Audit, cancellationToken);
        var last = await db.Set<AuditRow>().AsNoTracking().OrderByDescending(row => row.Sequence).FirstOrDefaultAsync(cancellationToken);
        foreach (var entry in entries)
        {
            last = AuditChain.Next(last, entry(), clock.GetUtcNow());
            db.Add(last);
        }
    }
}

/// <summary>A transaction in progress, and what it will record.</summary>
internal sealed class AuditedWork(PortalDbContext db)
{
    private readonly List<Func<AuditEntry>> _entries = [];

    public PortalDbContext Db { get; } = db;

    public IReadOnlyList<Func<AuditEntry>> Entries => _entries;

    public void Record(AuditEntry entry) => _entries.Add(() => entry);

    /// <summary>For an entry that names a key which the database gives when the work is saved.</summary>
    public void Record(Func<AuditEntry> entry) => _entries.Add(entry);
}
