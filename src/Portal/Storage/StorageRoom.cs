using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;
using Portal.Operations;

namespace Portal.Storage;

internal static class StorageRoom
{
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddStrictOptions<DatabaseOptions>(DatabaseOptions.Section);
        services.AddSingleton<IDbContextFactory<PortalDbContext>, PortalDbContextFactory>();
        services.AddSingleton<Database>();
        services.AddSingleton<Drafts>();
        services.AddHostedService<MigrateAtStart>();
        services.AddSingleton<Neighbours>();
        services.AddSingleton<NeighbourLine>();
        services.AddHostedService(provider => provider.GetRequiredService<NeighbourLine>());
        services.AddHealthChecks()
            .AddCheck<DatabaseHealth>("database", tags: [OperationsRoom.Ready])
            .AddCheck<NeighbourHealth>("other portals");

        services.AddDataProtection().SetApplicationName("pool-portal");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>, KeepKeysInDatabase>();
        return services;
    }

    private sealed class PortalDbContextFactory(IOptions<DatabaseOptions> options) : IDbContextFactory<PortalDbContext>
    {
        private static readonly SqlitePragmas Pragmas = new();
        private static readonly SkipLocked SkipLocked = new();

        public PortalDbContext CreateDbContext() => options.Value.Provider switch
        {
            DatabaseProvider.Sqlite => new SqlitePortalDbContext(Build<SqlitePortalDbContext>(builder => builder
                .UseSqlite(options.Value.ConnectionString)
                .AddInterceptors(Pragmas))),
            _ => new PostgreSqlPortalDbContext(Build<PostgreSqlPortalDbContext>(builder => builder
                .UseNpgsql(options.Value.ConnectionString)
                .AddInterceptors(SkipLocked))),
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
}
