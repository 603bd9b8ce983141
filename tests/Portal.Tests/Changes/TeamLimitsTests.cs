using Portal.Access;
using Portal.Changes;
using Portal.DigitalOcean;

namespace Portal.Tests.Changes;

/// <summary>What a team's own limits make of a request: at once, after a review, never. The cluster has a budget of 97.</summary>
public sealed class TeamLimitsTests
{
    private static readonly ChangePolicy Policy = Some.Policy();

    [Theory]
    [InlineData(30, LimitAnswer.AtOnce)]
    [InlineData(31, LimitAnswer.Review)]
    [InlineData(40, LimitAnswer.Review)]
    [InlineData(41, LimitAnswer.Never)]
    public void The_size_of_a_pool(int size, LimitAnswer answer) =>
        Decide(new() { Size = new() { ReviewAbove = 30, NeverAbove = 40 } }, size: size).Answer.ShouldBe(answer);

    [Theory]
    [InlineData(9, LimitAnswer.AtOnce)]
    [InlineData(10, LimitAnswer.Review)]
    [InlineData(48, LimitAnswer.Review)]
    [InlineData(49, LimitAnswer.Never)]
    public void The_share_of_the_budget(int size, LimitAnswer answer) =>
        Decide(new() { Share = new() { ReviewAbove = 0.1, NeverAbove = 0.5 } }, size: size).Answer.ShouldBe(answer);

    [Theory]
    [InlineData(9, LimitAnswer.AtOnce)]
    [InlineData(10, LimitAnswer.Review)]
    [InlineData(21, LimitAnswer.Never)]
    public void Of_size_and_share_the_narrower_counts(int size, LimitAnswer answer) =>
        Decide(new() { Size = new() { ReviewAbove = 15, NeverAbove = 20 }, Share = new() { ReviewAbove = 0.1, NeverAbove = 0.5 } }, size: size).Answer.ShouldBe(answer);

    [Fact]
    public void A_share_of_an_unknown_budget_limits_nothing() =>
        Decide(new() { Share = new() { ReviewAbove = 0.1, NeverAbove = 0.5 } }, Some.Cluster(slug: "something-new"), size: 500).Answer.ShouldBe(LimitAnswer.AtOnce);

    [Theory]
    [InlineData(5, LimitAnswer.AtOnce)]
    [InlineData(6, LimitAnswer.Review)]
    [InlineData(15, LimitAnswer.Review)]
    [InlineData(16, LimitAnswer.Never)]
    public void The_sum_of_the_teams_pools_on_a_cluster_with_those_on_their_way(int size, LimitAnswer answer)
    {
        var cluster = Some.Cluster(onTheWay: 7, pools: [Some.Pool("ours", 20), Some.Pool("theirs", 10, user: "orders_app", team: "Orders"), Some.Pool("nobodys", 3, team: null)])
            with
        { OnTheWayOf = new Dictionary<string, int> { ["Payments"] = 5, ["Orders"] = 2 } };

        Decide(new() { Size = new() { ReviewAbove = 90 }, Sum = new() { ReviewAbove = 30, NeverAbove = 40 } }, cluster, size).Answer.ShouldBe(answer);
    }

    [Fact]
    public void A_resize_counts_what_the_pool_has_already_once()
    {
        var team = Some.PaymentsWith(new() { Sum = new() { NeverAbove = 20 } });
        var cluster = Some.Cluster(pools: Some.Pool("ours", 15));

        Policy.DecideSize(team, cluster, 20, before: 15).Answer.ShouldBe(LimitAnswer.Review);
        Policy.DecideSize(team, cluster, 21, before: 15).Mistakes.ShouldHaveSingleItem().Message
            .ShouldBe("Pool size must be 20 or fewer: the pools of Payments on orders-prod may have 20 connections together");
    }

    [Fact]
    public void A_team_that_has_all_it_may_have_is_told_so() =>
        Decide(new() { Sum = new() { NeverAbove = 20 } }, Some.Cluster(pools: Some.Pool("ours", 20)), size: 1).Mistakes.ShouldHaveSingleItem().Message
            .ShouldBe("The pools of Payments on orders-prod have all 20 connections that they may have. Make one of them smaller first");

    [Fact]
    public void Making_a_pool_smaller_is_always_within_the_rules() =>
        Policy.DecideSize(Some.PaymentsWith(new() { Size = new() { NeverAbove = 3 }, Sum = new() { NeverAbove = 1 } }), Some.Cluster(pools: Some.Pool("ours", 60)), 50, before: 60)
            .Answer.ShouldBe(LimitAnswer.AtOnce);

    [Theory]
    [InlineData(PoolMode.Transaction, LimitAnswer.AtOnce)]
    [InlineData(PoolMode.Session, LimitAnswer.Review)]
    [InlineData(PoolMode.Statement, LimitAnswer.Never)]
    public void The_mode(PoolMode mode, LimitAnswer answer) =>
        Decide(new() { Session = LimitAnswer.Review, Statement = LimitAnswer.Never }, mode: mode).Answer.ShouldBe(answer);

    [Theory]
    [InlineData("pay-checkout", LimitAnswer.Never, LimitAnswer.AtOnce)]
    [InlineData("team-checkout-x", LimitAnswer.Never, LimitAnswer.AtOnce)]
    [InlineData("checkout", LimitAnswer.Never, LimitAnswer.Never)]
    [InlineData("checkout", LimitAnswer.Review, LimitAnswer.Review)]
    [InlineData("Pay-checkout", LimitAnswer.Review, LimitAnswer.Review)]
    [InlineData("checkout", LimitAnswer.AtOnce, LimitAnswer.AtOnce)]
    public void The_name(string name, LimitAnswer other, LimitAnswer answer) =>
        Decide(new() { NamePattern = "pay-* team-*-x", OtherName = other }, name: name).Answer.ShouldBe(answer);

    [Theory]
    [InlineData(null, LimitAnswer.Never)]
    [InlineData("doadmin", LimitAnswer.Never)]
    [InlineData("app", LimitAnswer.AtOnce)]
    public void The_inbound_user_and_the_administrator(string? user, LimitAnswer answer) =>
        Decide(new() { InboundUser = LimitAnswer.Never, Administrator = LimitAnswer.Never }, user: user).Answer.ShouldBe(answer);

    [Fact]
    public void An_edit_is_asked_only_about_what_was_not_approved_as_it_is()
    {
        var team = Some.PaymentsWith(new() { Session = LimitAnswer.Never, InboundUser = LimitAnswer.Never });
        var before = new PoolFields(PoolMode.Session, 5, "checkout", null);

        Policy.DecideEdit(team, Some.Cluster(), before with { Database = "orders" }, before, approved: before).Answer.ShouldBe(LimitAnswer.AtOnce);
        Policy.DecideEdit(team, Some.Cluster(), before, before, approved: before with { Mode = PoolMode.Transaction }).Answer.ShouldBe(LimitAnswer.Never);
        Policy.DecideEdit(team, Some.Cluster(), before, before, approved: null).Mistakes.Select(mistake => mistake.Field).ShouldBe([ChangeField.User, ChangeField.Mode]);
    }

    [Fact]
    public void Never_wins_over_review_and_every_limit_is_among_the_checks()
    {
        var decision = Decide(new() { Statement = LimitAnswer.Never, NamePattern = "pay-*", OtherName = LimitAnswer.Review }, size: 30, mode: PoolMode.Statement);

        decision.Answer.ShouldBe(LimitAnswer.Never);
        decision.NeedsReview.ShouldBeFalse();
        decision.Words.ShouldBe("Payments may have no pools in statement mode. Choose another mode");
        decision.Reasons.Count.ShouldBe(2);
        decision.Checks.Select(check => check.Field).ShouldBe([ChangeField.User, ChangeField.Mode, ChangeField.Size, ChangeField.Size, ChangeField.Size, ChangeField.Name]);
    }

    [Fact]
    public void What_is_never_given_is_a_mistake_of_its_field()
    {
        var (request, mistakes) = new CreateRules(Policy).Check(
            Some.Request() with { Size = "30", Mode = PoolMode.Statement, Reason = "because" },
            Some.Cluster(),
            [Some.PaymentsWith(new() { Statement = LimitAnswer.Never, Size = new() { NeverAbove = 20 } })]);

        request.ShouldBeNull();
        mistakes.ShouldBe(
        [
            new(ChangeField.Mode, "Payments may have no pools in statement mode. Choose another mode"),
            new(ChangeField.Size, "Pool size must be 20 or fewer: more is never given to Payments on orders-prod"),
        ]);
    }

    private static Decision Decide(
        TeamLimitsOptions limits, ClusterInView? cluster = null, int size = 5, PoolMode mode = PoolMode.Transaction, string? user = "app", string name = "checkout-app") =>
        Policy.Decide(Some.PaymentsWith(limits), cluster ?? Some.Cluster(), name, new PoolFields(mode, size, "checkout", user));
}
