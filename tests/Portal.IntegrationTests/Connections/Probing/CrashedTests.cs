using System.Diagnostics;
using Portal.Connections.Probing;
using Portal.DigitalOcean;
using Portal.Sandbox;
using Portal.Sandbox.DigitalOcean;

namespace Portal.IntegrationTests.Connections.Probing;

/// <summary>A PgBouncer that is killed takes others' connections with it; so it is a world of its own.</summary>
public sealed class CrashedTests(LiveWorld world) : IClassFixture<LiveWorld>
{
    [Theory]
    [InlineData("-SEGV")]
    [InlineData("-STOP")]
    public async Task A_PgBouncer_that_dies_or_hangs_is_there_again_with_every_pool(string signal)
    {
        world.SkipUnlessLive();
        var before = await world.ManagedPoolAsync(new PoolFields(PoolMode.Transaction, 2, "checkout", "checkout"));
        var live = (await world.Sandbox.Of<Cloud>().Find(SandboxClusters.OrdersProd.ToString())!.Live).ShouldNotBeNull();
        var pooler = await File.ReadAllTextAsync(Path.Combine(live.Folder, "pooler"), TestContext.Current.CancellationToken);
        using (var kill = Process.Start("/bin/kill", [signal, pooler.Trim()]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
            kill.ExitCode.ShouldBe(0);
        }

        var after = await world.ManagedPoolAsync(new PoolFields(PoolMode.Session, 2, "checkout", "checkout"));

        foreach (var pool in new[] { before, after })
        {
            var report = await world.Portal.Of<PoolProbe>().TestAsync(SandboxClusters.OrdersProd, pool, TestContext.Current.CancellationToken);
            report.Connected.ShouldBe(true, report.Words);
        }
    }
}
