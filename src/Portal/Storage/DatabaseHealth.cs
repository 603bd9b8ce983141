using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Portal.Storage;

/// <summary>Whether the database takes a write: a full disk and a read-only file answer every question and keep nothing.</summary>
internal sealed class DatabaseHealth(Database database, TimeProvider clock) : IHealthCheck
{
    private const string Nobody = "";
    private const string Form = "health";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await database.WriteAsync(
                async (db, token) =>
                {
                    await db.Set<Draft>().Where(draft => draft.PersonId == Nobody && draft.Form == Form).ExecuteDeleteAsync(token);
                    db.Add(new Draft { PersonId = Nobody, Form = Form, Content = "{}", ChangedAt = clock.GetUtcNow() });
                },
                cancellationToken);
            return await database.ReadAsync(db => MigrateAtStart.NewerAsync(db, cancellationToken), cancellationToken) is { Count: > 0 } newer
                ? HealthCheckResult.Degraded($"A newer version of the portal has changed the tables ({string.Join(", ", newer)}) while this one runs. Start the newer version in its place.")
                : HealthCheckResult.Healthy("It takes writes.");
        }
        catch (Exception exception) when (Database.IsTrouble(exception))
        {
            return HealthCheckResult.Unhealthy("The database does not take a write.", exception);
        }
    }
}
