using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Portal.Storage;

namespace Portal.Tests.Storage;

public sealed class NeighbourHealthTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_portal_on_sqlite_is_alone_and_well()
    {
        var neighbours = new Neighbours();
        using var line = new NeighbourLine(neighbours, Options.Create(new DatabaseOptions()), TimeProvider.System, NullLogger<NeighbourLine>.Instance);

        var health = await new NeighbourHealth(line, neighbours, TimeProvider.System).CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken);

        (health.Status, health.Description).ShouldBe((HealthStatus.Healthy, "One portal alone: SQLite serves no other."));
    }

    [Fact]
    public void A_line_that_is_down_is_named()
    {
        var health = NeighbourHealth.Of(upSince: null, heardAt: Now, isFirst: false, Now);

        health.Status.ShouldBe(HealthStatus.Degraded);
        health.Description.ShouldNotBeNull().ShouldContain("is down");
    }

    [Theory]
    [InlineData(30, null, false)]
    [InlineData(31, null, true)]
    [InlineData(3600, 30, false)]
    [InlineData(3600, 31, true)]
    public void A_line_on_which_nothing_comes_back_is_named_after_half_a_minute(int upFor, int? heardBefore, bool isNamed)
    {
        var heardAt = heardBefore is { } seconds ? Now.AddSeconds(-seconds) : (DateTimeOffset?)null;

        var health = NeighbourHealth.Of(Now.AddSeconds(-upFor), heardAt, isFirst: true, Now);

        health.Status.ShouldBe(isNamed ? HealthStatus.Degraded : HealthStatus.Healthy);
        health.Description!.Contains("PgBouncer in transaction mode", StringComparison.Ordinal).ShouldBe(isNamed);
    }

    [Theory]
    [InlineData(true, "reads the inventory for all of them")]
    [InlineData(false, "another one reads the inventory")]
    public void It_says_who_reads_the_inventory(bool isFirst, string words) =>
        NeighbourHealth.Of(Now, Now, isFirst, Now).Description.ShouldNotBeNull().ShouldContain(words);
}
