using Portal.Inventory;

namespace Portal.Tests.Inventory.Refresh;

public sealed class RefreshWorkTests : IDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly SimulatedAccount _account;
    private readonly InventoryBoard _board;
    private readonly SimulatedPortal _portal;

    public RefreshWorkTests()
    {
        _account = new SimulatedAccount(_clock, TimeSpan.Zero);
        _board = SimulatedPortal.BoardOf(_clock, 5);
        _portal = new SimulatedPortal(_clock, _account, _board);
    }

    public void Dispose()
    {
        _portal.Dispose();
        _board.Dispose();
    }

    [Fact]
    public async Task What_was_never_read_comes_first_then_the_stalest()
    {
        Put(1, age: 70);
        Put(2, age: 300);
        Put(4, age: 90);
        Put(5, age: 10);

        await _portal.Work.TurnAsync(CancellationToken.None);

        _portal.Read.ShouldBe([SimulatedPortal.IdOf(3), SimulatedPortal.IdOf(2), SimulatedPortal.IdOf(4), SimulatedPortal.IdOf(1)]);
    }

    [Fact]
    public async Task What_is_fresh_is_left_alone()
    {
        await _portal.Work.TurnAsync(CancellationToken.None);
        var calls = _account.Calls;

        (await _portal.Work.TurnAsync(CancellationToken.None)).ShouldBe(TimeSpan.FromSeconds(1));

        _account.Calls.ShouldBe(calls);
        // One list, five clusters, their replicas.
        calls.ShouldBe(11);
    }

    [Fact]
    public async Task One_cluster_that_cannot_be_read_keeps_no_other_from_being_read_and_is_no_trouble_of_all()
    {
        _portal.Broken.Add(SimulatedPortal.IdOf(1));

        await _portal.Work.TurnAsync(CancellationToken.None);

        _portal.Read.Count.ShouldBe(4);
        _portal.Feed.Trouble.ShouldBeNull();
        _board.View.Unread.ShouldBe(1);

        _portal.Broken.Clear();
        _clock.Advance(TimeSpan.FromSeconds(30));
        await _portal.Work.TurnAsync(CancellationToken.None);
        _board.View.Unread.ShouldBe(0);
    }

    [Fact]
    public async Task When_nobody_answers_pages_are_told_and_it_waits_before_it_tries_again()
    {
        _account.IsDown = true;

        (await _portal.Work.TurnAsync(CancellationToken.None)).ShouldBe(TimeSpan.FromSeconds(10));
        _portal.Feed.Trouble.ShouldNotBeNull().ShouldContain("could not be reached");

        _account.IsDown = false;
        _clock.Advance(TimeSpan.FromSeconds(10));
        await _portal.Work.TurnAsync(CancellationToken.None);
        _portal.Feed.Trouble.ShouldBeNull();
        _board.View.Unread.ShouldBe(0);
    }

    [Fact]
    public async Task Replicas_are_listed_once_an_hour()
    {
        await _portal.Work.TurnAsync(CancellationToken.None);
        var first = _board.View.Clusters.Select(cluster => cluster.ReplicasReadAt).ToList();
        first.ShouldNotContain(at => at == null);

        _clock.Advance(TimeSpan.FromMinutes(59));
        await _portal.Work.TurnAsync(CancellationToken.None);
        _board.View.Clusters.Select(cluster => cluster.ReplicasReadAt).ShouldBe(first);

        _clock.Advance(TimeSpan.FromMinutes(1));
        await _portal.Work.TurnAsync(CancellationToken.None);
        _board.View.Clusters.ShouldAllBe(cluster => cluster.ReplicasReadAt == _clock.GetUtcNow());
    }

    [Fact]
    public async Task A_replica_is_read_like_a_cluster_but_asked_for_no_replicas_of_its_own()
    {
        _board.Put(SimulatedPortal.IdOf(5), _board.View.Find(SimulatedPortal.IdOf(5))! with { PrimaryId = SimulatedPortal.IdOf(1) });

        await _portal.Work.TurnAsync(CancellationToken.None);

        _portal.Read.ShouldContain(SimulatedPortal.IdOf(5));
        _board.View.Find(SimulatedPortal.IdOf(5))!.ReplicasReadAt.ShouldBeNull();
    }

    private void Put(int number, int age) =>
        _board.Put(SimulatedPortal.IdOf(number), _board.View.Find(SimulatedPortal.IdOf(number))! with { PoolsReadAt = _clock.GetUtcNow().AddSeconds(-age) });
}
