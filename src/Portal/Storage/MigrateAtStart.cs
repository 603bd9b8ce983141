using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Portal.Storage;

/// <summary>Brings the database to this version's schema before anything else of the portal starts.</summary>
internal sealed class MigrateAtStart(IDbContextFactory<PortalDbContext> contexts) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await MigrateAsync(db, cancellationToken);
    }

    /// <summary>Of several portals that start at once one does it, and the others wait.</summary>
    /// <exception cref="NewerDatabaseException">A newer version has written it; nothing was changed.</exception>
    public static async Task MigrateAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        if (await IsDoneAsync(db, cancellationToken))
        {
            return;
        }

        await using var turn = db is PostgreSqlPortalDbContext ? await TakeTurnAsync(db, cancellationToken) : null;
        await ThrowIfNewerAsync(db, cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
    }

    /// <summary>The usual start: every migration is applied, and no other.</summary>
    /// <remarks>Asked by hand. EF would make a model of its own for this one table, and compare this version's whole model with that of the last migration.</remarks>
    private static async Task<bool> IsDoneAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        try
        {
            await db.Database.OpenConnectionAsync(cancellationToken);
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"""SELECT "MigrationId" FROM "{HistoryRepository.DefaultTableName}" ORDER BY 1""";
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var applied = new List<string>();
            while (await reader.ReadAsync(cancellationToken))
            {
                applied.Add(reader.GetString(0));
            }

            return applied.SequenceEqual(db.Database.GetMigrations(), StringComparer.Ordinal);
        }
        catch (DbException exception) when (IsEmpty(exception))
        {
            return false;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>There is no such database, or not this table in it.</summary>
    private static bool IsEmpty(DbException exception) => exception
        is PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.UndefinedTable }
        or SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_ERROR };

    /// <exception cref="NewerDatabaseException">A newer version has written it.</exception>
    public static async Task ThrowIfNewerAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        if (await NewerAsync(db, cancellationToken) is { Count: > 0 } newer)
        {
            throw new NewerDatabaseException(newer);
        }
    }

    /// <summary>The steps by which a later version has changed the tables, in their order; none when this version knows all.</summary>
    public static async Task<IReadOnlyList<string>> NewerAsync(PortalDbContext db, CancellationToken cancellationToken) =>
        [.. (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).Except(db.Database.GetMigrations(), StringComparer.Ordinal)];

    /// <remarks>The lock is a transaction's, not a session's: a PgBouncer in transaction mode would keep a session, and with it the lock, after the portal is gone.</remarks>
    /// <returns>A connection of its own; the turn ends with it, whatever becomes of the process.</returns>
    private static async Task<NpgsqlConnection> TakeTurnAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        await CreateAsync(db, cancellationToken);
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(db.Database.GetConnectionString()) { Pooling = false, CommandTimeout = 0 }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await connection.BeginTransactionAsync(cancellationToken);
        await using var patience = new NpgsqlCommand("SET LOCAL idle_in_transaction_session_timeout = 0", connection);
        await patience.ExecuteNonQueryAsync(cancellationToken);
        await using var command = new NpgsqlCommand("SELECT pg_advisory_xact_lock($1)", connection) { Parameters = { new() { Value = (long)WriteLock.Migration } } };
        await command.ExecuteNonQueryAsync(cancellationToken);
        return connection;
    }

    private static async Task CreateAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var creator = db.GetService<IRelationalDatabaseCreator>();
        if (!await creator.ExistsAsync(cancellationToken))
        {
            try
            {
                await creator.CreateAsync(cancellationToken);
            }
            catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
            {
                // Another portal that starts at the same moment has.
            }
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
