using Microsoft.EntityFrameworkCore;
using Portal.Storage;

namespace Portal.Audit;

/// <summary>The append-only record. What is not in it did not happen: an action and its row commit together or not at all.</summary>
internal sealed class AuditLog(Database database, HeadsOutside heads, TimeProvider clock)
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
    /// <exception cref="RecordClosedException">A head outside is required, and cannot be written or contradicts the record.</exception>
    public async Task<T> CommitAsync<T>(Func<AuditedWork, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        AuditRow? last = null;
        var result = await database.WriteAsync(
            async (db, token) =>
            {
                var audited = new AuditedWork(db);
                var result = await work(audited, token);
                await db.SaveChangesAsync(token);
                last = await AppendAsync(db, audited.Entries, token);
                return result;
            },
            cancellationToken);
        if (last is not null)
        {
            heads.Committed(last);
        }

        return result;
    }

    private async Task<AuditRow?> AppendAsync(PortalDbContext db, IReadOnlyList<Func<AuditEntry>> entries, CancellationToken cancellationToken)
    {
        if (entries.Count == 0)
        {
            return null;
        }

        heads.ThrowIfClosed();
        // A sequence of the database would leave gaps.
        await Database.LockAsync(db, WriteLock.Audit, cancellationToken);
        var end = await EndAsync(db, cancellationToken);
        AuditRow? last = null;
        foreach (var entry in entries)
        {
            last = AuditChain.Next(end, entry(), clock.GetUtcNow());
            end = (last.Sequence, last.Hash);
            db.Add(last);
        }

        return last;
    }

    /// <summary>Number and hash of the last row, also when it was taken out; 0 and zeros before the first.</summary>
    public static async Task<(long Sequence, byte[] Hash)> EndAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var last = await db.Set<AuditRow>().AsNoTracking()
            .OrderByDescending(row => row.Sequence)
            .Select(row => new { row.Sequence, row.Hash })
            .FirstOrDefaultAsync(cancellationToken);
        if (last is not null)
        {
            return (last.Sequence, last.Hash);
        }

        var removed = await db.Set<AuditRemoval>().AsNoTracking().OrderByDescending(removal => removal.Through).FirstOrDefaultAsync(cancellationToken);
        return removed is null ? (0, AuditChain.Nothing) : (removed.Through, removed.Hash);
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
