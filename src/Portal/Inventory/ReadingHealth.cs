using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Portal.Inventory;

/// <summary>Whether DigitalOcean answered the last readings. It is not asked for this.</summary>
internal sealed class ReadingHealth(InventoryFeed feed) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(feed.Trouble is { } trouble ? HealthCheckResult.Degraded(trouble) : HealthCheckResult.Healthy("The last readings were answered."));
}
