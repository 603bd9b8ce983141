using Microsoft.Extensions.Diagnostics.HealthChecks;
using Portal.Controls;

namespace Portal.Operations;

/// <summary>What the health checks of all rooms say, in words.</summary>
public sealed partial class StatusSection(HealthCheckService checks, TimeProvider clock) : LookedAt(clock)
{
    private HealthReport? _report;

    protected override async Task ReadAsync(CancellationToken cancellationToken) => _report = await checks.CheckHealthAsync(cancellationToken);

    private static string NameOf(string check) => $"{char.ToUpperInvariant(check[0])}{check[1..]}";

    private static StatusKind KindOf(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => StatusKind.Success,
        HealthStatus.Degraded => StatusKind.Warning,
        _ => StatusKind.Danger,
    };

    private static string WordOf(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "works",
        HealthStatus.Degraded => "needs a look",
        _ => "does not work",
    };
}
