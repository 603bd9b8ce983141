using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Portal.Storage;

/// <summary>Whether the portals on one database hear each other. Without it everything goes on, only later.</summary>
internal sealed class NeighbourHealth(NeighbourLine line, Neighbours neighbours, TimeProvider clock) : IHealthCheck
{
    /// <summary>How long a line may be up, or have been heard last, before it counts as deaf.</summary>
    public static readonly TimeSpan SilentFor = 3 * NeighbourLine.TestedEvery;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(line.IsNeeded
            ? Of(line.UpSince, line.HeardItselfAt, neighbours.IsFirst, clock.GetUtcNow())
            : HealthCheckResult.Healthy("One portal alone: SQLite serves no other."));

    /// <param name="upSince">When the line was made; null while it is down.</param>
    /// <param name="heardAt">When a word of its own came back last; null when none has.</param>
    public static HealthCheckResult Of(DateTimeOffset? upSince, DateTimeOffset? heardAt, bool isFirst, DateTimeOffset now) => upSince switch
    {
        null => HealthCheckResult.Degraded("The connection over which portals hear of each other is down; it is tried again every second. Until then pages show what other portals did up to a minute late."),
        { } up when now - (heardAt ?? up) > SilentFor => HealthCheckResult.Degraded($"Notifications of the database do not come back. {NeighbourLine.WhyDeaf}"),
        _ when isFirst => HealthCheckResult.Healthy("Hears the other portals, and reads the inventory for all of them."),
        _ => HealthCheckResult.Healthy("Hears the other portals; another one reads the inventory."),
    };
}
