using Portal.Pools.Create;

namespace Portal.Pools;

internal static class PoolsRoom
{
    public static IServiceCollection AddPools(this IServiceCollection services)
    {
        services.AddSingleton<CreateDrafts>();
        services.AddSingleton<CreatePreview>();
        services.AddSingleton<FormClusters>();
        return services;
    }
}
