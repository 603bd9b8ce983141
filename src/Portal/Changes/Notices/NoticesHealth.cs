using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Portal.Storage;

namespace Portal.Changes.Notices;

/// <summary>Whether what is to be told arrives.</summary>
internal sealed class NoticesHealth(Database database, IOptions<NoticesOptions> options) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!options.Value.IsOn)
        {
            return HealthCheckResult.Healthy("No address is set, so nothing is told.");
        }

        try
        {
            var failed = await database.ReadAsync(
                db => db.Set<Notice>().CountAsync(notice => notice.DeliveredAt == null && notice.Failure != null, cancellationToken), cancellationToken);
            return failed == 0 ? HealthCheckResult.Healthy("Everything was told.") : HealthCheckResult.Degraded($"{failed} could not be told yet; see below.");
        }
        catch (Exception exception) when (Database.IsTrouble(exception))
        {
            return HealthCheckResult.Degraded("The outbox cannot be read.", exception);
        }
    }
}
