using Portal.Connections.Probing;
using Portal.DigitalOcean;
using Portal.Sandbox;

namespace Portal.IntegrationTests.Connections.Probing;

/// <summary>A cluster that lets the pool's user ask PgBouncer itself.</summary>
public sealed class ConsoleTests(TellingWorld world) : IClassFixture<TellingWorld>, IAsyncDisposable
{
    private static readonly PoolFields Checkout = new(PoolMode.Transaction, 1, "checkout", "checkout");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => world.RemovePoolsAsync();

    [Theory]
    [InlineData(PoolMode.Transaction)]
    [InlineData(PoolMode.Session)]
    [InlineData(PoolMode.Statement)]
    public async Task The_mode_is_as_PgBouncer_says(PoolMode mode)
    {
        world.SkipUnlessLive();
        var pool = await world.ManagedPoolAsync(Checkout with { Mode = mode });

        var report = await world.Portal.Of<PoolProbe>().TestAsync(SandboxClusters.OrdersProd, pool, Token);

        report.Of(ProbeStep.Mode).ShouldBe(new Finding(ProbeStep.Mode, FindingState.Ok, $"{mode}, as PgBouncer says."));
        report.InUse!.Waiting.ShouldBe(0);
        // The client that looks is one.
        report.InUse.AtWork.ShouldBe(1);
    }

    [Fact]
    public async Task Clients_that_wait_are_counted_and_advised_about()
    {
        world.SkipUnlessLive();
        var pool = await world.ManagedPoolAsync(Checkout);
        await using var holder = await world.OpenAsync(pool, "checkout");
        await using var transaction = await holder.Connection.BeginTransactionAsync(Token);
        await holder.QueryAsync("select 1");
        await using var waiter = await world.OpenAsync(pool, "checkout");
        var waiting = waiter.QueryAsync("select 1");

        var report = await world.Portal.Of<PoolProbe>().TestAsync(SandboxClusters.OrdersProd, pool, Token);
        await transaction.RollbackAsync(Token);
        await waiting;

        report.Words.ShouldBe("failed: no server connection came free within 5 s");
        var use = report.InUse.ShouldNotBeNull();
        use.Waiting.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(1);
        use.LongestWait.ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.FromSeconds(1));
        use.IdleInTransaction.ShouldBe(1);
        InUseWords.Advice(use).First().Happened.ShouldMatch(@"^\d clients? waits? for a server connection, the longest for [\d.]+ s\.$");
    }

    [Fact]
    public async Task A_user_who_may_not_ask_is_an_ordinary_case()
    {
        world.SkipUnlessLive();
        var pool = await world.ManagedPoolAsync(Checkout with { User = "app" });

        var report = await world.Portal.Of<PoolProbe>().TestAsync(SandboxClusters.OrdersProd, pool, Token);

        report.InUse!.Waiting.ShouldBeNull();
        report.Findings.ShouldAllBe(finding => finding.State == FindingState.Ok);
    }
}
