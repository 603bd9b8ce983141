using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Portal.Storage;

/// <summary>Reading and writing, one short context at a time.</summary>
internal sealed class Database(IDbContextFactory<PortalDbContext> contexts, IOptions<DatabaseOptions> options) : IDisposable
{
    private static readonly AsyncLocal<bool> IsInTransaction = new();

    // SQLite has one writer. Waiting here is fair and costs nothing; waiting in SQLite is a loop of sleeps.
    private readonly SemaphoreSlim? _writer = options.Value.Provider is DatabaseProvider.Sqlite ? new(1, 1) : null;

    /// <summary>No other portal can work on this database, so what a dead process left behind may be taken up at once.</summary>
    public bool IsExclusive => _writer is not null;

    public async Task<T> ReadAsync<T>(Func<PortalDbContext, Task<T>> query, CancellationToken cancellationToken)
    {
        ThrowIfInTransaction();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return await query(db);
    }

    /// <summary>Runs <paramref name="work"/> in one transaction, saves what it changed and commits.</summary>
    public Task<T> WriteAsync<T>(Func<PortalDbContext, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync(work, isKept: true, cancellationToken);

    /// <summary>Runs <paramref name="work"/> up to the point where it would be kept, and takes it back: whether the database would have taken it.</summary>
    public Task RehearseAsync(Func<PortalDbContext, CancellationToken, Task> work, CancellationToken cancellationToken) =>
        RunAsync(
            async (db, token) =>
            {
                await work(db, token);
                return true;
            },
            isKept: false,
            cancellationToken);

    private async Task<T> RunAsync<T>(Func<PortalDbContext, CancellationToken, Task<T>> work, bool isKept, CancellationToken cancellationToken)
    {
        ThrowIfInTransaction();
        if (_writer is not null)
        {
            await _writer.WaitAsync(cancellationToken);
        }

        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            IsInTransaction.Value = true;
            var result = await work(db, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            if (isKept)
            {
                await transaction.CommitAsync(cancellationToken);
            }

            return result;
        }
        finally
        {
            _writer?.Release();
        }
    }

    /// <summary>
    /// Who holds a connection and waits for a second one can wait for ever: for somebody who has the last of the pool, and waits for a lock of
    /// this transaction. So what is read inside of one is read by its own context, which sees what it has written besides.
    /// </summary>
    [Conditional("DEBUG")]
    private static void ThrowIfInTransaction()
    {
        if (IsInTransaction.Value)
        {
            throw new InvalidOperationException("A second connection is asked for inside of a transaction. Read by the transaction's own context.");
        }
    }

    public Task WriteAsync(Func<PortalDbContext, CancellationToken, Task> work, CancellationToken cancellationToken) =>
        WriteAsync(
            async (db, token) =>
            {
                await work(db, token);
                return true;
            },
            cancellationToken);

    /// <summary>Makes writers of one thing wait for each other until their transactions end.</summary>
    /// <remarks>SQLite's transaction is the only writer already; PostgreSQL's are many.</remarks>
    public static Task LockAsync(PortalDbContext db, WriteLock what, CancellationToken cancellationToken) =>
        db is PostgreSqlPortalDbContext
            ? db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({(long)what})", cancellationToken)
            : Task.CompletedTask;

    /// <summary>Somebody else wrote the same unique value first.</summary>
    public static bool IsUniqueViolation(DbUpdateException exception) => exception.InnerException switch
    {
        SqliteException { SqliteExtendedErrorCode: SQLitePCL.raw.SQLITE_CONSTRAINT_UNIQUE or SQLitePCL.raw.SQLITE_CONSTRAINT_PRIMARYKEY } => true,
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } => true,
        _ => false,
    };

    /// <summary>The database could not do it: not there, not in time, or against its rules.</summary>
    /// <remarks>Npgsql's provider wraps what a second try might mend into an InvalidOperationException.</remarks>
    public static bool IsTrouble(Exception exception) =>
        exception is DbUpdateException or DbException or TimeoutException or InvalidOperationException { InnerException: DbException };

    public void Dispose() => _writer?.Dispose();
}

/// <summary>What is done by one at a time. Who takes both of the first two takes them in this order.</summary>
internal enum WriteLock : long
{
    Inventory = 0x706F_6F6C_01,
    Audit = 0x706F_6F6C_02,

    /// <summary>Held by a session, not a transaction: who does what one portal does for all.</summary>
    First = 0x706F_6F6C_03,

    /// <summary>Who brings the database to this version's schema.</summary>
    Migration = 0x706F_6F6C_04,
}
