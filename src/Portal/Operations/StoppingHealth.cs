using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Portal.Operations;

/// <summary>A portal that is being stopped still answers, and is not to be given anybody new.</summary>
internal sealed class StoppingHealth(IHostApplicationLifetime lifetime) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        lifetime.ApplicationStopping.IsCancellationRequested ? HealthCheckResult.Unhealthy("The portal is being stopped.") : HealthCheckResult.Healthy($"Version {PortalVersion.Full}."));
}
