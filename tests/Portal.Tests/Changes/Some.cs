using Microsoft.Extensions.Options;
using Portal.Access;
using Portal.Changes;
using Portal.DigitalOcean;
using Portal.Inventory;

namespace Portal.Tests.Changes;

/// <summary>A small world for the rules: one cluster, two teams.</summary>
internal static class Some
{
    public static readonly Guid OrdersProd = new("00000000-0000-0000-0000-00000000a001");

    public static readonly Team Payments = PaymentsWith(new TeamLimitsOptions());

    public static Team PaymentsWith(TeamLimitsOptions limits) => new(new TeamOptions
    {
        Name = "Payments",
        Members = ["payments"],
        Leads = ["payments-leads"],
        Uses = [new TripleOptions { Cluster = "orders-prod", Database = "checkout", User = "app" }, new TripleOptions { Cluster = "orders-prod", Database = "checkout", User = "worker" }],
        Limits = limits,
    });

    public static ClusterInView Cluster(
        string status = "online",
        string slug = "db-s-2vcpu-4gb",
        int onTheWay = 0,
        params IReadOnlyList<PoolFacts> pools) =>
        new(
            new ClusterFacts(
                new ClusterIdentity(OrdersProd, "orders-prod", ["prod"]),
                status,
                "fra1",
                ClusterPlan.Parse(slug),
                ["checkout", "defaultdb", "orders"],
                ["app", "doadmin", "orders_app", "worker"],
                pools,
                DateTimeOffset.UnixEpoch),
            onTheWay);

    public static PoolFacts Pool(string name, int size, string? user = "app", string? team = "Payments") => new(
        OrdersProd,
        name,
        "transaction",
        size,
        "checkout",
        user,
        DateTimeOffset.UnixEpoch,
        team is null ? null : new ManagedPool
        {
            ClusterId = OrdersProd,
            Name = name,
            Team = team,
            OwnerId = "someone",
            OwnerName = "Someone",
            Mode = PoolMode.Transaction,
            Size = size,
            Database = "checkout",
            User = user,
            ManagedSince = DateTimeOffset.UnixEpoch,
            LastChangeId = 1,
            LastChangedAt = DateTimeOffset.UnixEpoch,
        });

    public static CreatePool Request() => new()
    {
        FormId = Guid.NewGuid(),
        ClusterId = OrdersProd,
        Team = "Payments",
        Database = "checkout",
        User = "app",
        Mode = PoolMode.Transaction,
        Size = "5",
        Name = "checkout-app",
    };

    public static ChangePolicy Policy(ChangesOptions? options = null) => new(Options.Create(options ?? new ChangesOptions()));
}
