using Portal.Connections.Probing;
using Portal.DigitalOcean;
using Portal.Sandbox;
using Portal.Sandbox.DigitalOcean;

namespace Portal.IntegrationTests.Connections.Probing;

/// <summary>A cluster whose PgBouncer has ended, and does not come back; so it is a world of its own.</summary>
public sealed class StoppedTests(LiveWorld world) : IClassFixture<LiveWorld>
{
    [Fact]
    public async Task A_PgBouncer_that_has_ended_is_the_pools_fault_and_not_the_portals_place()
    {
        world.SkipUnlessLive();
        var pool = await world.ManagedPoolAsync(new PoolFields(PoolMode.Transaction, 2, "checkout", "checkout"));
        var live = (await world.Sandbox.Of<Cloud>().Find(SandboxClusters.OrdersProd.ToString())!.Live).ShouldNotBeNull();
        await Should.ThrowAsync<Exception>(() => live.RunAsync("SHUTDOWN")); // it ends in the middle of the answer

        var report = await world.Portal.Of<PoolProbe>().TestAsync(SandboxClusters.OrdersProd, pool, TestContext.Current.CancellationToken);

        report.Connected.ShouldBe(false);
        var finding = report.Of(ProbeStep.Reached)!;
        finding.State.ShouldBe(FindingState.Failed);
        finding.Words.ShouldMatch(@"^localhost:\d+ over the public network: connection refused\.$");
        finding.Means!.ShouldStartWith("The machine is there, but no PgBouncer listens");
        report.Words.ShouldBe("failed: connection refused");
    }
}
