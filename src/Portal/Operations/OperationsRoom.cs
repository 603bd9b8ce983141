using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace Portal.Operations;

internal static class OperationsRoom
{
    /// <summary>Marks a check without which the portal cannot do its work.</summary>
    public const string Ready = "ready";

    // Orchestrators kill what is still there after 30 seconds.
    private static readonly TimeSpan GoneWithin = TimeSpan.FromSeconds(28);

    public static IServiceCollection AddOperations(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<StoppingHealth>("running", tags: [Ready]);
        services.Configure<HostOptions>(options => options.ShutdownTimeout = GoneWithin);
        return services;
    }

    /// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: what each room needs for its work is there.</summary>
    public static void MapOperations(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        endpoints.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready) }).AllowAnonymous();
    }
}
