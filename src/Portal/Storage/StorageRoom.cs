using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Operations;

namespace Portal.Storage;

internal static class StorageRoom
{
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddStrictOptions<DatabaseOptions>(DatabaseOptions.Section);
        services.AddSingleton<IDbContextFactory<PortalDbContext>, PortalDbContexts>();
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
}
