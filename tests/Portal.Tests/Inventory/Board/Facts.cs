using Portal.Access;
using Portal.DigitalOcean;
using Portal.Inventory;

namespace Portal.Tests.Inventory.Board;

/// <summary>A small inventory.</summary>
internal static class Facts
{
    public static readonly DateTimeOffset Now = new(2026, 11, 25, 14, 2, 0, TimeSpan.Zero);

    public static Guid Id(string cluster) => new(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(cluster)).AsSpan(0, 16));

    public static ClusterFacts Cluster(string name, params IReadOnlyList<PoolFacts> pools) => new(
        new ClusterIdentity(Id(name), name, []),
        "online",
        "fra1",
        ClusterPlan.Parse("db-s-2vcpu-4gb"),
        ["app"],
        ["app"],
        [.. pools.Select(pool => pool with { ClusterId = Id(name) })],
        Now);

    public static PoolFacts Pool(string name, int size = 5, string mode = "transaction", string database = "app", string? user = "app") =>
        new(Guid.Empty, name, mode, size, database, user, Now, Managed: null);

    public static PoolFacts Of(this PoolFacts pool, string team, string owner = "Ana", int? sizeOfLastChange = null, int daysAgo = 0) => pool with
    {
        Managed = new ManagedPool
        {
            ClusterId = pool.ClusterId,
            Name = pool.Name,
            Team = team,
            OwnerId = owner,
            OwnerName = owner,
            Mode = PoolModes.Parse(pool.ModeText) ?? PoolMode.Transaction,
            Size = sizeOfLastChange ?? pool.Size,
            Database = pool.Database,
            User = pool.User,
            ManagedSince = Now,
            LastChangeId = 7,
            LastChangedAt = Now.AddDays(-daysAgo),
        },
    };

    public static BoardView View() => new(
        [
            Cluster("analytics", Pool("dashboards", 20, "session", "events", "reader").Of("Data", "Dora", daysAgo: 3), Pool("inbound", 10, database: "events", user: null)),
            Cluster("orders", Pool("checkout", 12, database: "checkout").Of("Payments", "Ana", daysAgo: 1), Pool("reports", 30).Of("Orders", "Omar", sizeOfLastChange: 20)),
            Cluster("orders-eu", Pool("Checkout", 2).Of("Payments", "Paul", daysAgo: 9)),
        ],
        version: 1);
}
