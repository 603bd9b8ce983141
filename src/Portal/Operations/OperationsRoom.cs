using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace Portal.Operations;

internal static class OperationsRoom
{
    /// <summary>Marks a check without which the portal cannot do its work.</summary>
    public const string Ready = "ready";

    /// <summary>Where it is asked whether the process answers.</summary>
    public const string LiveAddress = "/health/live";

    /// <summary>Where it is asked whether traffic may be sent here.</summary>
    public const string ReadyAddress = "/health/ready";

    /// <summary>How long a stop takes at most: orchestrators kill what is still there after 30 seconds.</summary>
    public static readonly TimeSpan GoneWithin = TimeSpan.FromSeconds(28);

    public static IServiceCollection AddOperations(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<StoppingHealth>("running", tags: [Ready]);
        services.Configure<HostOptions>(options => options.ShutdownTimeout = GoneWithin);
        return services;
    }

    /// <summary><see cref="LiveAddress"/>: the process answers. <see cref="ReadyAddress"/>: what each room needs for its work is there.</summary>
    public static void MapOperations(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks(LiveAddress, new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        endpoints.MapHealthChecks(ReadyAddress, new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready) }).AllowAnonymous();
    }
}
