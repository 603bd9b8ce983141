using Portal.Access;
using Portal.Connections.Probing;
using Portal.DigitalOcean;
using Portal.Sandbox;

namespace Portal.IntegrationTests.Connections.Probing;

/// <summary>What is seen of a pool in use, by who may, with clients at work on it.</summary>
public sealed class InUseTests(LiveWorld world) : IClassFixture<LiveWorld>, IAsyncDisposable
{
    private static readonly PoolFields Checkout = new(PoolMode.Transaction, 4, "checkout", "checkout");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PoolInUse InUse => world.Portal.Of<PoolInUse>();

    public ValueTask DisposeAsync() => world.RemovePoolsAsync();

    [Fact]
    public async Task Server_connections_are_told_by_state_without_the_one_that_looks()
    {
        world.SkipUnlessLive();
        var pool = await PoolAsync(Checkout with { User = "app" });
        await using var scene = await Scene.PlayAsync(world, pool, "app");

        var use = (await InUse.SeeAsync(await world.Portal.SignInDeveloperAsync(), SandboxClusters.OrdersProd, pool, Token)).ShouldNotBeNull();

        (use.Active, use.IdleInTransaction, use.Idle).ShouldBe((1, 1, 1));
        use.Waiting.ShouldBeNull();
        var context = use.Context.ShouldNotBeNull();
        (context.User, context.Database, context.Size, context.IsDirect).ShouldBe(("app", "checkout", 4, false));
        context.Twins.ShouldBeEmpty();
        InUseWords.Caveats(use).ShouldBe(
        [
            "Counted are the connections of app to checkout that come from where PgBouncer runs, without the one of this test. Direct connections from there look the same.",
            "This cluster does not tell how many clients wait.",
        ]);
    }

    [Fact]
    public async Task What_was_seen_is_kept_with_its_date_and_asked_for_without_a_call()
    {
        world.SkipUnlessLive();
        var pool = await PoolAsync();
        (await InUse.LastAsync(SandboxClusters.OrdersProd, pool, Token)).ShouldBeNull();
        var seen = (await InUse.SeeAsync(await world.Portal.SignInDeveloperAsync(), SandboxClusters.OrdersProd, pool, Token)).ShouldNotBeNull();
        var calls = world.CallsFor(pool);

        var last = (await InUse.LastAsync(SandboxClusters.OrdersProd, pool, Token)).ShouldNotBeNull();

        (last.Active, last.IdleInTransaction, last.Idle, last.Waiting).ShouldBe((seen.Active, seen.IdleInTransaction, seen.Idle, seen.Waiting));
        last.SeenAt.ShouldBe(seen.SeenAt, TimeSpan.FromMilliseconds(1));
        world.CallsFor(pool).ShouldBe(calls);
    }

    [Fact]
    public async Task A_direct_connection_is_told_apart_by_where_it_comes_from()
    {
        world.SkipUnlessLive();
        Assert.SkipUnless(Portal.Sandbox.Clusters.FreePorts.HasLoopback6, "This machine has one loopback address only, and so one place to come from.");
        var pool = await PoolAsync(Checkout with { User = "reporting" });
        var session = await world.Portal.SignInDeveloperAsync();
        await using var elsewhere = await world.OpenDirectlyAsync("::1", "checkout", "reporting");

        var without = (await InUse.SeeAsync(session, SandboxClusters.OrdersProd, pool, Token)).ShouldNotBeNull();
        await using var samePlace = await world.OpenDirectlyAsync("127.0.0.1", "checkout", "reporting");
        var with = (await InUse.SeeAsync(session, SandboxClusters.OrdersProd, pool, Token)).ShouldNotBeNull();

        without.Total.ShouldBe(0);
        with.Total.ShouldBe(1);
    }

    [Fact]
    public async Task A_pool_to_the_same_place_as_the_same_user_is_named()
    {
        world.SkipUnlessLive();
        var twin = await world.ManagedPoolAsync(Checkout with { Mode = PoolMode.Session });
        var inbound = await world.ManagedPoolAsync(Checkout with { User = null });
        await world.ManagedPoolAsync(Checkout with { User = "app" });
        var pool = await PoolAsync();

        var use = (await InUse.SeeAsync(await world.Portal.SignInDeveloperAsync(), SandboxClusters.OrdersProd, pool, Token)).ShouldNotBeNull();

        use.Context!.Twins.ShouldBe([twin, inbound], ignoreOrder: true);
    }

    [Fact]
    public async Task A_pool_that_is_full_is_seen_past_itself()
    {
        world.SkipUnlessLive();
        var pool = await PoolAsync(Checkout with { Size = 1 });
        await using var holder = await world.OpenAsync(pool, "checkout");
        await using var transaction = await holder.Connection.BeginTransactionAsync(Token);
        await holder.QueryAsync("select 1");

        var use = (await InUse.SeeAsync(await world.Portal.SignInDeveloperAsync(), SandboxClusters.OrdersProd, pool, Token)).ShouldNotBeNull();

        (use.Active, use.IdleInTransaction, use.Context!.IsDirect).ShouldBe((0, 1, true));
        InUseWords.Advice(use).First().Happened.ShouldStartWith("All server connections of the pool are busy");
    }

    [Theory]
    [InlineData("Developer", "orders")]
    [InlineData("Admin", "")]
    [InlineData("Auditor", "")]
    [InlineData("Developer", "")]
    public async Task Who_does_not_act_for_the_team_sees_nothing_and_causes_no_call(string role, string group)
    {
        var pool = await PoolAsync();
        var session = await world.Portal.SignInAsync("other", Enum.Parse<Role>(role), group);
        var calls = world.CallsFor(pool);

        (await InUse.SeeAsync(session, SandboxClusters.OrdersProd, pool, Token)).ShouldBeNull();

        world.CallsFor(pool).ShouldBe(calls);
    }

    [Fact]
    public async Task What_cannot_be_seen_is_not_made_up()
    {
        var developer = await world.Portal.SignInDeveloperAsync();
        var inbound = await PoolAsync(Checkout with { User = null });

        (await InUse.SeeAsync(developer, SandboxClusters.OrdersProd, inbound, Token)).ShouldBeNull();
        (await InUse.SeeAsync(developer, SandboxClusters.OrdersProd, "no-such-pool", Token)).ShouldBeNull();
        (await InUse.SeeAsync(developer, Guid.NewGuid(), inbound, Token)).ShouldBeNull();
        (await InUse.SeeAsync(SessionKey.None, SandboxClusters.OrdersProd, inbound, Token)).ShouldBeNull();
    }

    private async Task<string> PoolAsync(PoolFields? fields = null)
    {
        var pool = await world.ManagedPoolAsync(fields ?? Checkout);
        await world.Portal.ReadAsync(SandboxClusters.OrdersProd);
        return pool;
    }
}
