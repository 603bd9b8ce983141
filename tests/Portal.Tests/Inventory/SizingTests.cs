using System.Globalization;
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
    [InlineData("db-s-1vcpu-1gb", 22, 11, 5)]
    [InlineData("db-s-1vcpu-2gb", 47, 23, 5)]
    [InlineData("db-s-2vcpu-4gb", 97, 48, 10)]
    [InlineData("db-s-4vcpu-8gb", 197, 98, 20)]
    [InlineData("db-s-6vcpu-16gb", 397, 198, 30)]
    [InlineData("db-intel-8vcpu-32gb", 797, 398, 40)]
    public void The_hints_around_it_follow_the_plan(string slug, int budget, int half, int busy)
    {
        var plan = ClusterPlan.Parse(slug);

        plan.Budget.ShouldBe(budget);
        Sizing.UpperHint(plan).ShouldBe(half);
        Sizing.Busy(plan).ShouldBe(busy);
    }

    [Fact]
    public void What_is_recommended_can_always_be_had_and_never_grows_with_what_others_have()
    {
        foreach (var slug in (string[])["db-s-1vcpu-1gb", "db-s-2vcpu-4gb", "db-s-4vcpu-8gb", "so1_5-32vcpu-256gb"])
        {
            var plan = ClusterPlan.Parse(slug);
            var last = int.MaxValue;
            for (var used = 0; used < plan.Budget; used++)
            {
                var size = Sizing.Recommend(plan, used).ShouldNotBeNull();

                size.ShouldBeInRange(1, plan.Budget.Value - used);
                size.ShouldBeLessThanOrEqualTo(last);
                last = size;
            }
        }
    }

    [Theory]
    [InlineData("300", "12", 6)]
    [InlineData("1", "1", 1)]
    [InlineData("0.1", "5", 1)]
    [InlineData("1000", "2", 3)]
    [InlineData("1000", "2.001", 4)]
    [InlineData("300", "60", 27)]
    [InlineData("1000000", "1000000", 1_500_000_000)]
    public void What_an_app_needs_is_rate_times_duration_and_half_as_much_again(string perSecond, string milliseconds, int expected) =>
        Sizing.ForTraffic(decimal.Parse(perSecond, CultureInfo.InvariantCulture), decimal.Parse(milliseconds, CultureInfo.InvariantCulture)).ShouldBe(expected);

    [Fact]
    public void Twice_the_traffic_never_needs_fewer_nor_more_than_twice_as_many()
    {
        for (var perSecond = 1; perSecond <= 400; perSecond += 7)
        {
            for (var milliseconds = 1; milliseconds <= 400; milliseconds += 11)
            {
                var once = Sizing.ForTraffic(perSecond, milliseconds);

                Sizing.ForTraffic(perSecond * 2, milliseconds).ShouldBeInRange(once, once * 2);
                Sizing.ForTraffic(perSecond, milliseconds * 2).ShouldBe(Sizing.ForTraffic(perSecond * 2, milliseconds));
            }
        }
    }

    [Fact]
    public void In_session_mode_every_client_that_can_be_connected_counts() => Sizing.ForSessions(3, 10).ShouldBe(30);

    [Theory]
    [InlineData("db-s-2vcpu-4gb", 97)]
    [InlineData("db-s-2vcpu-4gb", 120)]
    [InlineData("something-new", 0)]
    public void Nothing_is_recommended_where_nothing_is_left_or_known(string slug, int used) =>
        Sizing.Recommend(ClusterPlan.Parse(slug), used).ShouldBeNull();
}
