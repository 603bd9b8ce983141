using Portal.Reviews.AccessNow;

namespace Portal.Reviews.LookAfter;

/// <summary>What leads do about the pools that exist, and who has access to them.</summary>
internal static class LookAfterRoom
{
    public static IServiceCollection AddLookAfter(this IServiceCollection services)
    {
        services.AddSingleton<AccessReview>();
        services.AddSingleton<CareChanges>();
        services.AddSingleton<CareFlags>();
        services.AddSingleton<CareList>();
        services.AddSingleton<CareRights>();
        services.AddSingleton<HandOver>();
        services.AddSingleton<LooksDue>();
        services.AddSingleton<PoolBooks>();
        services.AddSingleton<PoolCare>();
        services.AddHostedService<LookAfterWatch>();
        return services;
    }

    /// <summary><c>/audit/access.csv</c>. The pages map themselves.</summary>
    public static void MapLookAfter(this IEndpointRouteBuilder endpoints) => AccessExport.Map(endpoints);
}
