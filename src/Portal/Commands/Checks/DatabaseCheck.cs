using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using Portal.Storage;

namespace Portal.Commands;

/// <summary>Whether the database is there, has this version's tables, takes a write, and is reached by an encrypted way. Nothing is left in it.</summary>
internal sealed class DatabaseCheck(IDbContextFactory<PortalDbContext> contexts, Database database, IOptions<DatabaseOptions> options, TimeProvider clock)
{
    private const string What = "database";
    private const string Migrate = "The next start brings it up to date; dotnet Portal.dll database migrate does it now.";

    private static readonly TimeSpan HeardWithin = TimeSpan.FromSeconds(5);

    public async IAsyncEnumerable<Found> TryAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (MissingFile() is { } file)
        {
            yield return Found.Wrong(What, $"there is no file {file} yet. {Migrate}");
            yield break;
        }

        var there = await AskAsync(ReachAsync, "cannot be reached. Check Database:ConnectionString, and that the server runs and lets the portal in", cancellationToken);
        yield return there;
        if (there.Verdict is Verdict.Wrong)
        {
            yield break;
        }

        if (options.Value.Provider is DatabaseProvider.PostgreSql)
        {
            yield return await AskAsync(EncryptionAsync, "does not say whether the connection is encrypted", cancellationToken);
            yield return await AskAsync(WordsAsync, "takes no LISTEN or NOTIFY, by which portals hear of each other", cancellationToken);
        }

        var tables = await AskAsync(TablesAsync, "does not say which tables it has", cancellationToken);
        yield return tables;
        if (tables.Verdict is Verdict.Good)
        {
            yield return await AskAsync(WriteAsync, "does not take a write. Give the portal's user the right to write, and room on the disk", cancellationToken);
        }
    }

    private string? MissingFile()
    {
        if (options.Value.Provider is not DatabaseProvider.Sqlite)
        {
            return null;
        }

        var file = Path.GetFullPath(new SqliteConnectionStringBuilder(options.Value.ConnectionString).DataSource);
        return File.Exists(file) ? null : file;
    }

    private static async Task<Found> ReachAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var connection = db.Database.GetDbConnection();
        await db.Database.OpenConnectionAsync(cancellationToken);
        return Found.Good(What, $"{(db is PostgreSqlPortalDbContext ? "PostgreSQL" : "SQLite")} {connection.ServerVersion}, {connection.DataSource}");
    }

    private static async Task<Found> EncryptionAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var isEncrypted = (await db.Database.SqlQuery<bool>($"SELECT ssl AS \"Value\" FROM pg_stat_ssl WHERE pid = pg_backend_pid()").ToListAsync(cancellationToken)).FirstOrDefault();
        var isVerified = new NpgsqlConnectionStringBuilder(db.Database.GetConnectionString()).SslMode is SslMode.VerifyFull;
        return (isEncrypted, isVerified) switch
        {
            (true, true) => Found.Good(What, "the connection is encrypted, and the server's certificate is checked"),
            (true, _) => Found.Note(What, "the connection is encrypted, but not checked to be the right server's. Put SSL Mode=VerifyFull and Root Certificate=FILE into Database:ConnectionString"),
            _ => Found.Note(What, "the connection is not encrypted. Outside of one machine put SSL Mode=VerifyFull and Root Certificate=FILE into Database:ConnectionString"),
        };
    }

    /// <summary>One session listens, another speaks. What one PgBouncer in transaction mode gives to both is nobody's session.</summary>
    private static async Task<Found> WordsAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var channel = $"config_check_{Guid.NewGuid():N}";
        var isHeard = false;
        await using var connection = new NpgsqlConnection(NeighbourLine.OwnSession(db.Database.GetConnectionString()!));
        connection.Notification += (_, word) => isHeard |= word.Channel == channel;
        await connection.OpenAsync(cancellationToken);
        await using var listen = new NpgsqlCommand($"LISTEN {channel}", connection);
        await listen.ExecuteNonQueryAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"SELECT pg_notify({channel}, '')", cancellationToken);
        await connection.WaitAsync(HeardWithin, cancellationToken);
        return isHeard
            ? Found.Good(What, "its notifications come back, so that several portals hear of each other")
            : Found.Wrong(What, $"its notifications do not come back. {NeighbourLine.WhyDeaf}");
    }

    private static async Task<Found> TablesAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        if (await MigrateAtStart.NewerAsync(db, cancellationToken) is { Count: > 0 } newer)
        {
            return Found.Wrong(What, $"its tables are those of a newer version ({newer[^1]}). Run that version, or restore the backup from before it");
        }

        return (await db.Database.GetPendingMigrationsAsync(cancellationToken)).Count() is > 0 and var missing
            ? Found.Wrong(What, $"{missing} of {db.Database.GetMigrations().Count()} steps to this version's tables are missing. {Migrate}")
            : Found.Good(What, "its tables are those of this version");
    }

    private async Task<Found> WriteAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        await database.RehearseAsync(
            async (context, token) =>
            {
                context.Add(new Draft { PersonId = "", Form = "config check", Content = "{}", ChangedAt = clock.GetUtcNow() });
                await context.SaveChangesAsync(token);
            },
            cancellationToken);
        return Found.Good(What, "it takes a write");
    }

    private async Task<Found> AskAsync(Func<PortalDbContext, CancellationToken, Task<Found>> ask, string otherwise, CancellationToken cancellationToken)
    {
        var place = "it";
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            place = db.Database.GetDbConnection().DataSource;
            return await ask(db, cancellationToken);
        }
        catch (Exception exception) when (Database.IsTrouble(exception))
        {
            return Found.Wrong(What, $"{place} {otherwise}. {Innermost(exception).Message}");
        }
        catch (ArgumentException)
        {
            // Its message may quote the connection string, in which a password can stand.
            return Found.Wrong(What, "Database:ConnectionString is not one that this provider can read");
        }
    }

    private static Exception Innermost(Exception exception) => exception.InnerException is { } inner ? Innermost(inner) : exception;
}
