using Portal.Pools.Create;
using Portal.Pools.Existing;

namespace Portal.Pools;

internal static class PoolsRoom
{
    public static IServiceCollection AddPools(this IServiceCollection services) => services
        .AddSingleton<CreateDrafts>()
        .AddSingleton<PoolDesk>()
        .AddSingleton<PoolDrafts>();
}
