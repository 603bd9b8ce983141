using Portal.Pools.Create;
using Portal.Pools.Existing;
using Portal.Pools.Overview;

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

    /// <summary><c>/pools.csv</c>. The pages map themselves.</summary>
    public static void MapPools(this IEndpointRouteBuilder endpoints) => PoolExport.Map(endpoints);
}
