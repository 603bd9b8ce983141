using Portal.Inventory;
using Portal.Tests.Inventory.Board;

namespace Portal.Tests.Inventory.Refresh;

public sealed class RefreshDifferenceTests
{
    private static readonly ClusterFacts Before = Facts.Cluster("orders", Facts.Pool("one"), Facts.Pool("two"), Facts.Pool("three"));

    [Fact]
    public void Nothing_new_is_said_so() => RefreshDifference.Words([(Before, Before with { PoolsReadAt = Facts.Now.AddDays(1) })]).ShouldBe("Nothing has changed.");

    [Fact]
    public void What_came_changed_and_went_is_counted() =>
        RefreshDifference.Words([(Before, Facts.Cluster("orders", Facts.Pool("one"), Facts.Pool("two", 9), Facts.Pool("four"), Facts.Pool("five")) with { Status = "resizing" })])
            .ShouldBe("2 pools new, 1 pool changed, 1 pool gone, 1 cluster in another state or plan.");

    [Fact]
    public void A_cluster_that_was_not_known_has_new_pools_only() => RefreshDifference.Words([(null, Before)]).ShouldBe("3 pools new.");
}
