using Portal.Inventory;

namespace Portal.Tests.Inventory.Refresh;

/// <summary>The figures that docs/operations.md promises.</summary>
public sealed class RefreshBoundTests
{
    [Theory]
    [InlineData(50, 3)]
    [InlineData(100, 4)]
    [InlineData(500, 11)]
    [InlineData(1000, 19)]
    [InlineData(2000, 37)]
    [InlineData(5000, 89)]
    public void With_so_many_clusters_each_is_at_most_so_many_minutes_old(int clusters, int minutes)
    {
        var calls = new Bucket(180, 4000, DateTimeOffset.UnixEpoch).PerHour;

        Math.Ceiling(RefreshBound.Of(clusters, new InventoryOptions(), calls).TotalMinutes).ShouldBe(minutes);
    }
}
