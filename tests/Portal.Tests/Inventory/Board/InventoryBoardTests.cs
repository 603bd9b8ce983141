using Portal.Inventory;

namespace Portal.Tests.Inventory.Board;

public sealed class InventoryBoardTests : IDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly InventoryBoard _board;

    public InventoryBoardTests()
    {
        _board = new InventoryBoard(_clock);
        _board.Replace(Facts.View().Clusters);
    }

    public void Dispose() => _board.Dispose();

    [Fact]
    public void A_reading_that_found_nothing_new_keeps_version_and_rows_but_not_the_time()
    {
        var before = _board.View;
        var later = Facts.Now.AddMinutes(5);

        _board.Put(Facts.Id("orders"), Facts.View().Find(Facts.Id("orders"))! with { PoolsReadAt = later });

        _board.View.Version.ShouldBe(before.Version);
        _board.View.Find(Facts.Id("orders"))!.PoolsReadAt.ShouldBe(later);
        _board.View.Find(new PoolQuery()).LooksLike(before.Find(new PoolQuery())).ShouldBeTrue();
        ReferenceEquals(_board.View.Find(Facts.Id("orders"))!.Pools, before.Find(Facts.Id("orders"))!.Pools).ShouldBeTrue();
        before.Find(Facts.Id("orders"))!.PoolsReadAt.ShouldBe(Facts.Now);
    }

    [Fact]
    public void What_is_new_changed_or_gone_is_another_version()
    {
        var versions = new List<long> { _board.View.Version };
        void Put(string name, ClusterFacts? cluster)
        {
            _board.Put(Facts.Id(name), cluster);
            versions.Add(_board.View.Version);
        }

        Put("orders", Facts.Cluster("orders", Facts.Pool("checkout", 13)));
        Put("orders", Facts.Cluster("orders", Facts.Pool("checkout", 13).Of("Payments")));
        Put("orders", Facts.Cluster("orders", Facts.Pool("checkout", 13).Of("Payments", "Paul")));
        Put("billing", Facts.Cluster("billing"));
        Put("billing", null);

        versions.ShouldBe([.. versions.Distinct()]);
        _board.View.Clusters.Select(cluster => cluster.Name).ShouldBe(["analytics", "orders", "orders-eu"]);
    }

    [Fact]
    public void Pages_hear_of_many_readings_once_a_second()
    {
        var heard = 0;
        _board.Moved += () => heard++;

        for (var reading = 0; reading < 20; reading++)
        {
            _board.Put(Facts.Id("orders"), Facts.Cluster("orders", Facts.Pool("checkout", reading + 1)));
            _clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        heard.ShouldBe(2);
        _clock.Advance(TimeSpan.FromMinutes(1));
        heard.ShouldBe(2);
    }

    [Fact]
    public void A_whole_loading_that_says_the_same_is_the_same_version()
    {
        var version = _board.View.Version;

        _board.Replace(Facts.View().Clusters);
        _board.View.Version.ShouldBe(version);

        _board.Replace([.. Facts.View().Clusters.Take(2)]);
        _board.View.Version.ShouldNotBe(version);
        _board.View.Clusters.Count.ShouldBe(2);
    }

    [Fact]
    public void The_list_is_as_old_as_its_oldest_reading_and_of_no_age_while_something_was_never_read()
    {
        _board.Put(Facts.Id("orders"), Facts.Cluster("orders") with { PoolsReadAt = Facts.Now.AddHours(-1) });
        _board.View.OldestReading.ShouldBe(Facts.Now.AddHours(-1));

        _board.Put(Facts.Id("new"), Facts.Cluster("new") with { PoolsReadAt = null });
        _board.View.OldestReading.ShouldBeNull();
        _board.View.Unread.ShouldBe(1);
    }
}
