using Portal.DigitalOcean;
using Portal.Inventory;

namespace Portal.Tests.Inventory;

public sealed class SizingTests
{
    [Theory]
    [InlineData("db-s-1vcpu-1gb", 0, 3)]
    [InlineData("db-s-1vcpu-2gb", 0, 3)]
    [InlineData("db-s-2vcpu-4gb", 0, 5)]
    [InlineData("db-s-4vcpu-8gb", 0, 9)]
    [InlineData("db-s-6vcpu-16gb", 0, 13)]
    [InlineData("db-intel-8vcpu-32gb", 0, 17)]
    [InlineData("db-s-2vcpu-4gb", 2, 3)]
    [InlineData("db-s-2vcpu-4gb", 50, 2)]
    [InlineData("db-s-2vcpu-4gb", 96, 1)]
    public void The_recommendation_follows_the_processors_and_what_is_left(string slug, int used, int expected) =>
        Sizing.Recommend(ClusterPlan.Parse(slug), used).ShouldBe(expected);

    [Theory]
    [InlineData("db-s-2vcpu-4gb", 97)]
    [InlineData("db-s-2vcpu-4gb", 120)]
    [InlineData("something-new", 0)]
    public void Nothing_is_recommended_where_nothing_is_left_or_known(string slug, int used) =>
        Sizing.Recommend(ClusterPlan.Parse(slug), used).ShouldBeNull();
}
