using Microsoft.Extensions.Diagnostics.HealthChecks;
using Portal.Storage;

namespace Portal.Audit;

/// <summary>Whether the record takes a row, and whether what it holds is what was written. No row, no action: without it the portal can do nothing.</summary>
internal sealed class AuditHealth(Database database, HeadsOutside heads, RecordWatch watch, TimeProvider clock) : IHealthCheck
{
    private static readonly AuditEntry Rehearsed = new("rehearsed");

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (heads.Contradiction is { } contradiction)
        {
            return HealthCheckResult.Unhealthy($"The record contradicts a head outside: {contradiction}");
        }

        if (watch.Verdict?.Report.FirstFinding is { } finding)
        {
            return HealthCheckResult.Unhealthy($"The record does not hold: {finding.Words}");
        }

        try
        {
            heads.ThrowIfClosed();
            await database.RehearseAsync(
                async (db, token) =>
                {
                    await Database.LockAsync(db, WriteLock.Audit, token);
                    db.Add(AuditChain.Next(await AuditLog.EndAsync(db, token), Rehearsed, clock.GetUtcNow()));
                },
                cancellationToken);
        }
        catch (Exception exception) when (Database.IsTrouble(exception))
        {
            return HealthCheckResult.Unhealthy("The record takes no row, so nothing can be done.", exception);
        }

        return (heads.Trouble ?? watch.NoCheckpoint) is { } trouble ? HealthCheckResult.Degraded(trouble) : HealthCheckResult.Healthy("The record takes rows, and its chain holds.");
    }
}
