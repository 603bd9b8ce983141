using Portal.Pools.Create;
using Portal.Pools.Overview;

namespace Portal.Pools;

internal static class PoolsRoom
{
    public static IServiceCollection AddPools(this IServiceCollection services) => services.AddSingleton<CreateDrafts>();

    /// <summary><c>/pools.csv</c>. The pages map themselves.</summary>
    public static void MapPools(this IEndpointRouteBuilder endpoints) => PoolExport.Map(endpoints);
}
