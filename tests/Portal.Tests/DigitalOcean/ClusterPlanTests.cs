using Portal.DigitalOcean;

namespace Portal.Tests.DigitalOcean;

public sealed class ClusterPlanTests
{
    [Theory]
    [InlineData("db-s-1vcpu-1gb", 1, 1, 22)]
    [InlineData("db-s-1vcpu-2gb", 2, 1, 47)]
    [InlineData("db-s-2vcpu-4gb", 4, 2, 97)]
    [InlineData("db-s-4vcpu-8gb", 8, 4, 197)]
    [InlineData("db-s-6vcpu-16gb", 16, 6, 397)]
    [InlineData("gd-8vcpu-32gb", 32, 8, 797)]
    [InlineData("db-intel-1vcpu-39gb", 39, 1, 972)]
    [InlineData("db-intel-1vcpu-40gb", 40, 1, 997)]
    [InlineData("db-intel-1vcpu-41gb", 41, 1, 997)]
    [InlineData("db-amd-16vcpu-64gb", 64, 16, 997)]
    [InlineData("gd-40vcpu-160gb", 160, 40, 997)]
    [InlineData("so1_5-32vcpu-256gb", 256, 32, 997)]
    public void The_budget_is_25_connections_a_gibibyte_less_three_and_at_most_997(string slug, int memory, int cpus, int budget)
    {
        var plan = ClusterPlan.Parse(slug);

        plan.ShouldBe(new ClusterPlan(memory, cpus));
        plan.Budget.ShouldBe(budget);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("m3-large")]
    [InlineData("db-s-1vcpu-0gb")]
    [InlineData("db-s-1vcpu-4gb-new")]
    [InlineData("db-s-1vcpu-4GB")]
    [InlineData("4gb")]
    [InlineData("db-s-1vcpu-4gb\n")]
    [InlineData("db-s-1vcpu-99999999999gb")]
    public void A_slug_that_does_not_tell_the_memory_has_no_budget(string? slug) => ClusterPlan.Parse(slug).Budget.ShouldBeNull();
}
