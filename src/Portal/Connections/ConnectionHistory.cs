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

    private static string UserOf(AuditRow row)
    {
        using var details = JsonDocument.Parse(row.Details);
        return details.RootElement.TryGetProperty("user", out var user) ? user.GetString() ?? "" : "";
    }
}
