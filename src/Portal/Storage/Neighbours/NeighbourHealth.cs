using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Portal.Storage;

/// <summary>Whether the portals on one database hear each other. Without it everything goes on, only later.</summary>
internal sealed class NeighbourHealth(NeighbourLine line, Neighbours neighbours, TimeProvider clock) : IHealthCheck
{
    private static readonly TimeSpan SilentFor = 3 * NeighbourLine.TestedEvery;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(line switch
    {
        { IsNeeded: false } => HealthCheckResult.Healthy("One portal alone: SQLite serves no other."),
        { UpSince: null } => HealthCheckResult.Degraded("The connection over which portals hear of each other is down; it is tried again every second. Until then pages show what other portals did up to a minute late."),
        { UpSince: { } up } when clock.GetUtcNow() - (line.HeardItselfAt ?? up) > SilentFor => HealthCheckResult.Degraded(
            "Notifications of the database do not come back. Is there a PgBouncer in transaction mode before the portal's own database? Connect to PostgreSQL itself, or in session mode."),
        _ when neighbours.IsFirst => HealthCheckResult.Healthy("Hears the other portals, and reads the inventory for all of them."),
        _ => HealthCheckResult.Healthy("Hears the other portals; another one reads the inventory."),
    });
}
