namespace Portal.Sandbox.DigitalOcean;

/// <summary>The clusters that are there at the start.</summary>
internal static class Seeds
{
    public static IEnumerable<Cluster> All(int extra) => [OrdersProd(), PaymentsStaging(), Analytics(), ShopMySql(), .. Enumerable.Range(1, extra).Select(Extra)];

    /// <summary>Read replicas of clusters that are there at the start.</summary>
    public static IEnumerable<Cluster> Replicas(IEnumerable<Cluster> clusters) =>
        clusters.Where(cluster => cluster.Facts.Id == SandboxClusters.Analytics).Select(AnalyticsRead);

    private static Cluster OrdersProd() => new(
        new ClusterFacts
        {
            Id = SandboxClusters.OrdersProd,
            Name = "orders-prod",
            Size = "db-s-2vcpu-4gb",
            Gibibytes = 4,
            Tags = ["production", "orders"],
            Rules =
            [
                Rule(SandboxClusters.OrdersProd, 1, "k8s", "ff2a6c52-5a44-4b63-b99c-0e98e7a63d61", "the orders cluster"),
                Rule(SandboxClusters.OrdersProd, 2, "ip_addr", "203.0.113.7", "the office"),
            ],
        },
        new ClusterContents(
            ["defaultdb", "checkout", "orders", "reports"],
            [Plain(DatabaseUser.Primary), Plain("app"), new DatabaseUser("checkout", Passwords.Hostile()), Plain("orders_app"), Plain("reporting")],
            []),
        "online");

    private static Cluster PaymentsStaging() => new(
        new ClusterFacts
        {
            Id = SandboxClusters.PaymentsStaging,
            Name = "payments-staging",
            Size = "db-s-1vcpu-1gb",
            Gibibytes = 1,
            Tags = ["staging", "payments"],
            HasPrivateNetwork = true,
        },
        new ClusterContents(
            ["defaultdb", "payments"],
            [Plain(DatabaseUser.Primary), Plain("payments"), new DatabaseUser("ledger", Passwords.Hostile())],
            [
                // Made outside the portal, and one whose fields the portal remembers otherwise.
                new Pool("legacy-etl", "session", 5, "payments", "ledger"),
                new Pool("payments-app", "transaction", 6, "payments", "payments"),
            ]),
        "online");

    private static Cluster Analytics() => new(
        new ClusterFacts
        {
            Id = SandboxClusters.Analytics,
            Name = "analytics",
            Size = "db-s-4vcpu-8gb",
            Gibibytes = 8,
            NumNodes = 2,
            Region = "nyc3",
            Tags = ["production"],
            HasPrivateNetwork = true,
        },
        new ClusterContents(
            ["defaultdb", "events"],
            [Plain(DatabaseUser.Primary), Plain("dashboards")],
            [new Pool("dashboards", "session", 20, "events", "dashboards"), new Pool("events-inbound", "transaction", 10, "events", "")]),
        "resizing");

    // Its primary is being resized and refuses changes; the replica takes pools.
    private static Cluster AnalyticsRead(Cluster primary) => new(
        new ClusterFacts
        {
            Id = SandboxClusters.AnalyticsRead,
            Name = "analytics-read",
            Size = "db-s-2vcpu-4gb",
            Gibibytes = 4,
            Region = "fra1",
            Tags = ["production"],
            HasPrivateNetwork = true,
        },
        new ClusterContents([], [], [new Pool("nightly-reports", "transaction", 8, "events", "dashboards")]),
        "online",
        primary);

    private static Cluster ShopMySql() => new(
        new ClusterFacts
        {
            Id = SandboxClusters.ShopMySql,
            Name = "shop-mysql",
            Engine = "mysql",
            Version = "8",
            SemanticVersion = "8.0.35",
            Size = "db-s-1vcpu-2gb",
            Gibibytes = 2,
            Tags = ["shop"],
        },
        new ClusterContents(["defaultdb", "shop"], [Plain(DatabaseUser.Primary), Plain("shop")], []),
        "online");

    private static Cluster Extra(int number)
    {
        var facts = new ClusterFacts
        {
            Id = SandboxClusters.Extra(number),
            Name = $"cluster-{number:0000}",
            Size = "db-s-4vcpu-8gb",
            Gibibytes = 8,
            NumNodes = 1 + (number % 2),
            Region = (number % 3) switch { 0 => "fra1", 1 => "nyc3", _ => "ams3" },
            Tags = [number % 4 == 0 ? "staging" : "production"],
            HasPrivateNetwork = true,
        };
        return new Cluster(
            facts,
            new ClusterContents(
                ["defaultdb", "app"],
                [Plain(DatabaseUser.Primary), Plain("app")],
                [.. Enumerable.Range(1, 20).Select(pool => new Pool($"pool-{pool:00}", pool % 4 == 0 ? "session" : "transaction", 1 + (pool % 8), "app", "app"))]),
            "online");
    }

    private static DatabaseUser Plain(string name) => new(name, Passwords.Plain());

    private static WireRule Rule(Guid cluster, int number, string type, string value, string description) => new(
        new Guid($"55555555-5555-4555-8555-{number:x12}"), cluster, type, value, new DateTimeOffset(2025, 3, 4, 9, 45, 0, TimeSpan.Zero), description);
}
