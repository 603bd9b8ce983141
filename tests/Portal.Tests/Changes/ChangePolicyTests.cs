using Portal.Changes;
using Portal.DigitalOcean;

namespace Portal.Tests.Changes;

public sealed class ChangePolicyTests
{
    private static readonly ChangePolicy Policy = Some.Policy();

    [Theory]
    [InlineData(5, false)]
    [InlineData(19, false)]
    [InlineData(20, true)]
    [InlineData(30, true)]
    public void A_pool_above_a_fifth_of_the_budget_is_reviewed(int size, bool needsReview) =>
        Decide(Some.Cluster(), size).NeedsReview.ShouldBe(needsReview);

    [Theory]
    [InlineData(5, false)]
    [InlineData(6, true)]
    public void On_a_small_cluster_five_connections_are_always_within_the_rules(int size, bool needsReview) =>
        Decide(Some.Cluster(slug: "db-s-1vcpu-1gb"), size).NeedsReview.ShouldBe(needsReview);

    [Theory]
    [InlineData(72, 5, false)]
    [InlineData(73, 5, true)]
    public void All_pools_together_may_have_four_fifths_of_the_budget(int used, int size, bool needsReview) =>
        Decide(Some.Cluster(pools: Some.Pool("other", used)), size).NeedsReview.ShouldBe(needsReview);

    [Fact]
    public void What_other_changes_are_about_to_take_counts_as_taken() =>
        Decide(Some.Cluster(onTheWay: 73), 5).NeedsReview.ShouldBeTrue();

    [Fact]
    public void On_a_plan_without_a_known_limit_a_small_pool_is_made_and_a_large_one_reviewed()
    {
        Decide(Some.Cluster(slug: "something-new"), 5).NeedsReview.ShouldBeFalse();
        Decide(Some.Cluster(slug: "something-new"), 6).NeedsReview.ShouldBeTrue();
    }

    [Fact]
    public void An_inbound_user_pool_is_reviewed() => Decide(Some.Cluster(), 5, user: null).NeedsReview.ShouldBeTrue();

    [Theory]
    [InlineData("doadmin")]
    [InlineData("DOADMIN")]
    public void The_administrator_is_reviewed(string user) => Decide(Some.Cluster(), 5, user).NeedsReview.ShouldBeTrue();

    [Fact]
    public void A_user_behind_another_teams_pool_is_reviewed() =>
        Decide(Some.Cluster(pools: Some.Pool("theirs", 5, team: "Orders")), 5).Reasons.ShouldHaveSingleItem().ShouldContain("theirs");

    [Fact]
    public void A_user_behind_a_pool_of_ones_own_or_of_nobody_is_not() =>
        Decide(Some.Cluster(pools: [Some.Pool("ours", 5), Some.Pool("nobodys", 5, team: null)]), 5).NeedsReview.ShouldBeFalse();

    [Fact]
    public void The_words_say_what_is_above_the_rules() =>
        Decide(Some.Cluster(), 30).Words.ShouldBe("30 is more than the 19 that are given at once on orders-prod");

    private static Decision Decide(ClusterInView cluster, int size, string? user = "app") =>
        Policy.Decide(Some.Payments, cluster, "checkout-app", new PoolFields(PoolMode.Transaction, size, "checkout", user));
}
