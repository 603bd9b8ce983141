using Portal.Pools.Create;
using Portal.Pools.Existing;

namespace Portal.Pools;

internal static class PoolsRoom
{
    public static IServiceCollection AddPools(this IServiceCollection services)
    {
        services.AddSingleton<CreateDrafts>();
        services.AddSingleton<CreatePreview>();
        services.AddSingleton<FormClusters>();
        services.AddSingleton<PoolDesk>();
        services.AddSingleton<PoolDrafts>();
        return services;
    }
}
