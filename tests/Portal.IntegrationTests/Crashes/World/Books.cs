using System.Text;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Portal.Audit;
using Portal.Changes;
using Portal.Inventory;
using Portal.Storage;

namespace Portal.IntegrationTests.Crashes;

/// <summary>The portal's database as anybody finds it who opens it beside the portal, or after its death.</summary>
internal sealed class Books(TestDatabase database)
{
    private static readonly ChangeState[] UnderWay = [ChangeState.Approved, ChangeState.Running, ChangeState.Unknown];

    public Task<int> UnderWayAsync() => ReadAsync(db => db.Set<PoolChange>().CountAsync(change => UnderWay.Contains(change.State)));

    public Task<bool> InFlightAsync(long change) => ReadAsync(db => db.Set<PoolChange>().AnyAsync(row => row.Id == change && row.InFlight));

    public Task<List<PoolChange>> ChangesAsync(IReadOnlyList<Guid> clusters) =>
        ReadAsync(db => db.Set<PoolChange>().Where(change => clusters.Contains(change.ClusterId)).OrderBy(change => change.Id).ToListAsync());

    public Task<List<ManagedPool>> PoolsAsync(IReadOnlyList<Guid> clusters) =>
        ReadAsync(db => db.Set<ManagedPool>().Where(pool => clusters.Contains(pool.ClusterId)).ToListAsync());

    public Task<List<AuditRow>> RecordAsync() => ReadAsync(db => db.Set<AuditRow>().OrderBy(row => row.Sequence).ToListAsync());

    /// <summary>All that is stored, as it is stored: SQLite's files with their log of writes, PostgreSQL's rows as text.</summary>
    public async Task<string> RawAsync()
    {
        if (database.Provider is "Sqlite")
        {
            return string.Concat(Directory.EnumerateFiles(database.Folder).Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file))));
        }

        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        var tables = new List<string>();
        await using (var command = source.CreateCommand("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                tables.Add(reader.GetString(0));
            }
        }

        var all = new StringBuilder();
        foreach (var table in tables)
        {
            await using var command = source.CreateCommand($"SELECT string_agg(t::text, E'\\n') FROM \"{table}\" t");
            all.Append(await command.ExecuteScalarAsync());
        }

        return all.ToString();
    }

    private async Task<T> ReadAsync<T>(Func<PortalDbContext, Task<T>> query)
    {
        await using PortalDbContext db = database.Provider is "Sqlite"
            ? new SqlitePortalDbContext(new DbContextOptionsBuilder<SqlitePortalDbContext>().UseSqlite($"{database.ConnectionString};Pooling=False").Options)
            : new PostgreSqlPortalDbContext(new DbContextOptionsBuilder<PostgreSqlPortalDbContext>().UseNpgsql(database.ConnectionString).Options);
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return await query(db);
    }
}
