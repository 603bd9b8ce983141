using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Storage;

namespace Portal.Connections;

/// <summary>A connection that somebody was given.</summary>
/// <param name="User">The database user whose password it was.</param>
public sealed record HandedOutTo(string Person, string Pool, string User, DateTimeOffset At);

/// <summary>Who was given which connection, from the record: who has a password, as far as the portal can know.</summary>
internal sealed class ConnectionHistory(Database database)
{
    private const int MostRows = 500;

    /// <summary>Each person once for each pool, the latest first.</summary>
    /// <param name="user">Only passwords of this database user; null for all.</param>
    public async Task<IReadOnlyList<HandedOutTo>> ListAsync(Guid cluster, IReadOnlyCollection<string> pools, string? user, CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(
            db => db.Set<AuditRow>()
                .Where(row => row.ClusterId == cluster && row.Pool != null && pools.Contains(row.Pool) && row.Action == AuditAction.ConnectionHandedOut)
                .OrderByDescending(row => row.Sequence)
                .Take(MostRows)
                .ToListAsync(cancellationToken),
            cancellationToken);
        return [.. rows
            .Select(row => new HandedOutTo(row.ActorName ?? "", row.Pool!, UserOf(row), row.At))
            .Where(given => user is null || given.User == user)
            .DistinctBy(given => (given.Person, given.Pool))];
    }

    /// <summary>The last connection of each pool that somebody was given.</summary>
    /// <param name="pools">Of these pools only; null for all there are.</param>
    public async Task<IReadOnlyDictionary<(Guid Cluster, string Pool), HandedOutTo>> LatestAsync(
        IReadOnlyCollection<(Guid Cluster, string Pool)>? pools, CancellationToken cancellationToken)
    {
        // By names over all of the clusters: a few rows more than asked for, which nobody looks up.
        var clusters = pools?.Select(pool => pool.Cluster).Distinct().ToList();
        var names = pools?.Select(pool => pool.Pool).Distinct(StringComparer.Ordinal).ToList();
        var rows = await database.ReadAsync(
            db =>
            {
                var given = db.Set<AuditRow>().Where(row => row.Action == AuditAction.ConnectionHandedOut && row.ClusterId != null && row.Pool != null);
                if (clusters is not null && names is not null)
                {
                    given = given.Where(row => clusters.Contains(row.ClusterId!.Value) && names.Contains(row.Pool!));
                }

                var latest = given.GroupBy(row => new { row.ClusterId, row.Pool }).Select(same => same.Max(row => row.Sequence));
                return db.Set<AuditRow>().Where(row => latest.Contains(row.Sequence)).ToListAsync(cancellationToken);
            },
            cancellationToken);
        return rows.ToDictionary(row => (row.ClusterId!.Value, row.Pool!), row => new HandedOutTo(row.ActorName ?? "", row.Pool!, UserOf(row), row.At));
    }

    private static string UserOf(AuditRow row)
    {
        using var details = JsonDocument.Parse(row.Details);
        return details.RootElement.TryGetProperty("user", out var user) ? user.GetString() ?? "" : "";
    }
}
