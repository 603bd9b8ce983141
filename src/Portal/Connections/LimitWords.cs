using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Access;
using Portal.Audit;
using Portal.Inventory;
using Portal.Storage;

namespace Portal.Connections;

/// <summary>A limit that was reached, in words: for the person, and for those who look after the portal.</summary>
internal static class LimitWords
{
    private const int MostPoolsNamed = 10;

    /// <param name="canProve">Whether proving anew who one is begins a new count.</param>
    public static NotHandedOut For(LimitReached reached, bool canProve, DateTimeOffset now)
    {
        var happened = reached.Kind is LimitKind.PerHour
            ? $"You have taken {Many(reached.Most, "connection")} within an hour."
            : $"You have asked for the connections of {Many(reached.Most, "pool")} that are new to you within {Minutes(reached.Within)}.";
        return canProve
            ? NotHandedOut.ProveAgain(happened)
            : new NotHandedOut(
                NotHandedOutKind.TooMany,
                happened,
                reached.Kind is LimitKind.PerHour
                    ? $"Nothing was handed out, and the admins are told. There is one more in {Minutes(reached.Until - now)}."
                    : $"Nothing was handed out, and the admins are told. Pools that you know are handed out as ever, others in {Minutes(reached.Until - now)}.");
    }

    /// <summary>The row of the record, which becomes the notice to the admins. It names the pools, and no connection.</summary>
    public static async Task<AuditEntry> EntryAsync(
        PortalDbContext db, LimitReached reached, Person person, ConnectionRequest request, CancellationToken cancellationToken)
    {
        var pools = reached.Counted.Select(asked => (asked.ClusterId, asked.PoolName)).Distinct().ToList();
        var clusterIds = pools.Select(pool => pool.ClusterId).Distinct().ToList();
        var clusters = await db.Set<ClusterRecord>().AsNoTracking()
            .Where(cluster => clusterIds.Contains(cluster.Id)).ToDictionaryAsync(cluster => cluster.Id, cluster => cluster.Name, cancellationToken);
        var named = pools.Take(MostPoolsNamed).Select(pool => $"{pool.PoolName} on {clusters.GetValueOrDefault(pool.ClusterId) ?? "a cluster that is gone"}");
        var more = pools.Count > MostPoolsNamed ? $" and {pools.Count - MostPoolsNamed} more" : "";
        var count = reached.Kind is LimitKind.PerHour
            ? $"{Many(reached.Counted.Count, "connection")} within {Minutes(reached.Within)}"
            : $"{Many(reached.Counted.Count, "pool")} for the first time within {Minutes(reached.Within)}";
        return new AuditEntry(AuditAction.ConnectionLimitReached)
        {
            Actor = new AuditActor(person.Id, person.Name),
            ClusterId = request.Cluster,
            Pool = request.Pool,
            Details = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["what"] = "connection",
                ["words"] = $"{count}, of {string.Join(", ", named)}{more}",
            },
        };
    }

    private static string Minutes(TimeSpan time) => Many(Math.Max(1, (int)Math.Ceiling(time.TotalMinutes)), "minute");

    private static string Many(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}
