using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Portal.Storage;

/// <summary>Moves all that a portal knows from one database to another: from SQLite, on which one portal began, to the PostgreSQL of several.</summary>
/// <remarks>Row by row through the model, so that each engine gets its own types; every table that a room configures comes along by itself.</remarks>
internal static class DatabaseCopy
{
    private const int BatchSize = 500;

    /// <summary>All or nothing: what fails leaves the new database as empty as it was. The old one is only read, and takes no write meanwhile.</summary>
    /// <param name="from">At this version's schema.</param>
    /// <param name="to">At this version's schema, and empty.</param>
    /// <returns>The tables and how many rows each has now.</returns>
    /// <exception cref="InvalidDataException">One of the two is not as it must be; the message says which, and what to do.</exception>
    public static async Task<IReadOnlyList<(string Table, int Rows)>> RunAsync(PortalDbContext from, PortalDbContext to, CancellationToken cancellationToken)
    {
        if ((await from.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            throw new InvalidDataException("The old database has not the tables of this version. Start this version on it once, stop it, and copy then.");
        }

        // On SQLite this keeps a portal that was forgotten to be stopped from writing.
        await using var reading = await from.Database.BeginTransactionAsync(cancellationToken);
        await using var writing = await to.Database.BeginTransactionAsync(cancellationToken);
        to.ChangeTracker.AutoDetectChangesEnabled = false;
        var tables = InOrder(from.Model);
        foreach (var table in tables)
        {
            if (await Rows(to, table).AnyAsync(cancellationToken))
            {
                throw new InvalidDataException($"The new database is not empty: there is something in {table.GetTableName()}. Name one in which no portal has worked.");
            }
        }

        List<(string, int)> copied = [];
        foreach (var table in tables)
        {
            copied.Add((table.GetTableName()!, await CopyAsync(from, to, table, cancellationToken)));
            await CountOnAsync(to, table, cancellationToken);
        }

        await writing.CommitAsync(cancellationToken);
        return copied;
    }

    private static async Task<int> CopyAsync(PortalDbContext from, PortalDbContext to, IEntityType table, CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var row in Rows(from, table).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var copy = to.Entry(row);
            copy.State = EntityState.Added;
            // What no member of the class holds, as the change of a step.
            foreach (var hidden in table.GetProperties().Where(property => property.IsShadowProperty()))
            {
                copy.Property(hidden.Name).CurrentValue = from.Entry(row).Property(hidden.Name).CurrentValue;
            }

            from.Entry(row).State = EntityState.Detached;
            if (++count % BatchSize == 0)
            {
                await SaveAsync(to, cancellationToken);
            }
        }

        await SaveAsync(to, cancellationToken);
        return count;
    }

    private static async Task SaveAsync(PortalDbContext to, CancellationToken cancellationToken)
    {
        await to.SaveChangesAsync(cancellationToken);
        to.ChangeTracker.Clear();
    }

    /// <summary>PostgreSQL counts on behind the numbers that were brought along.</summary>
    private static async Task CountOnAsync(PortalDbContext to, IEntityType table, CancellationToken cancellationToken)
    {
        if (to is PostgreSqlPortalDbContext && table.FindPrimaryKey()!.Properties is [{ ValueGenerated: ValueGenerated.OnAdd } key] && (key.ClrType == typeof(long) || key.ClrType == typeof(int)))
        {
            // Names of our own model, which no parameter can stand for.
#pragma warning disable EF1002
            await to.Database.ExecuteSqlRawAsync(
                $"SELECT setval(pg_get_serial_sequence('{table.GetTableName()}', '{key.GetColumnName()}'), COALESCE(MAX({key.GetColumnName()}), 1), MAX({key.GetColumnName()}) IS NOT NULL) FROM {table.GetTableName()}",
                cancellationToken);
#pragma warning restore EF1002
        }
    }

    private static IQueryable<object> Rows(PortalDbContext db, IEntityType table) => (IQueryable<object>)typeof(DbContext)
        .GetMethod(nameof(DbContext.Set), Type.EmptyTypes)!.MakeGenericMethod(table.ClrType).Invoke(db, null)!;

    /// <summary>What is referred to before what refers to it.</summary>
    private static List<IEntityType> InOrder(IModel model)
    {
        List<IEntityType> ordered = [];
        void Add(IEntityType table)
        {
            if (!ordered.Contains(table))
            {
                table.GetForeignKeys().Select(key => key.PrincipalEntityType).Where(other => other != table).ToList().ForEach(Add);
                ordered.Add(table);
            }
        }

        model.GetEntityTypes().OrderBy(table => table.GetTableName(), StringComparer.Ordinal).ToList().ForEach(Add);
        return ordered;
    }
}
