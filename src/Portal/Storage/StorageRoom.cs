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
        services.AddSingleton<MigrateAtStart>();
        services.AddHostedService(provider => provider.GetRequiredService<MigrateAtStart>());
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database", tags: [OperationsRoom.Ready]);

        services.AddDataProtection().SetApplicationName("pool-portal");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>, KeepKeysInDatabase>();
        return services;
    }

    private sealed class PortalDbContextFactory(IOptions<DatabaseOptions> options) : IDbContextFactory<PortalDbContext>
    {
        private static readonly SqlitePragmas Pragmas = new();

        public PortalDbContext CreateDbContext() => options.Value.Provider switch
        {
            DatabaseProvider.Sqlite => new SqlitePortalDbContext(Build<SqlitePortalDbContext>(builder => builder
                .UseSqlite(options.Value.ConnectionString)
                .AddInterceptors(Pragmas))),
            _ => new PostgreSqlPortalDbContext(Build<PostgreSqlPortalDbContext>(builder => builder
                .UseNpgsql(options.Value.ConnectionString))),
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
