using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;

namespace Portal.Storage;

/// <summary>Opens the database of the settings, and any other that is named.</summary>
internal sealed class PortalDbContexts(IOptions<DatabaseOptions> options) : IDbContextFactory<PortalDbContext>
{
    private static readonly SqlitePragmas Pragmas = new();
    private static readonly SkipLocked SkipLocked = new();

    public PortalDbContext CreateDbContext() => Create(options.Value.Provider, options.Value.ConnectionString);

    public static PortalDbContext Create(DatabaseProvider provider, string connectionString) => provider switch
    {
        DatabaseProvider.Sqlite => new SqlitePortalDbContext(Build<SqlitePortalDbContext>(builder => builder.UseSqlite(connectionString).AddInterceptors(Pragmas))),
        _ => new PostgreSqlPortalDbContext(Build<PostgreSqlPortalDbContext>(builder => builder.UseNpgsql(connectionString).AddInterceptors(SkipLocked))),
    };

    private static DbContextOptions<TContext> Build<TContext>(Action<DbContextOptionsBuilder> engine)
        where TContext : DbContext
    {
        var builder = new DbContextOptionsBuilder<TContext>();
        engine(builder);
        builder.ConfigureWarnings(warnings => warnings.Throw(RelationalEventId.PendingModelChangesWarning));
        return builder.Options;
    }
}
