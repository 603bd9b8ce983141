using Bunit;
using Portal.Access;
using Portal.Changes;
using Portal.DigitalOcean;
using Portal.Pools.Fields;
using Portal.Tests.Changes;

namespace Portal.Tests.Pools.Fields;

public sealed class SizeFieldTests : BunitContext
{
    private readonly List<string?> _typed = [];

    [Fact]
    public void It_recommends_says_why_and_sets_the_figure_on_request()
    {
        var field = Show(Some.Cluster(), value: "8");

        field.Find(".row").TextContent.ShouldContain("recommended 5");
        field.Find("summary").TextContent.ShouldBe("Why 5, and what does my app need?");
        field.Find("details").TextContent.ShouldContain("orders-prod has 2 processors");
        field.Find("details").TextContent.ShouldContain("begin with about half of the budget, here 48");
        field.Find(".link-button").Click();
        _typed.ShouldBe(["5"]);
    }

    [Fact]
    public void What_is_recommended_already_is_not_offered() => Show(Some.Cluster(), value: "5").FindAll(".link-button").ShouldBeEmpty();

    [Fact]
    public void Others_that_are_there_and_on_their_way_are_taken_off()
    {
        var field = Show(Some.Cluster(onTheWay: 2, pools: [Some.Pool("one", 1)]), value: "5");

        field.Find(".row").TextContent.ShouldContain("recommended 2");
        field.Find(".budget-text").TextContent.ShouldContain("3 → 8 of 97 used");
        field.Find(".budget-key").TextContent.ShouldContain("2 on the way for other changes");
    }

    [Fact]
    public void A_pool_that_is_resized_is_not_counted_among_the_others()
    {
        var field = Show(Some.Cluster(pools: [Some.Pool("mine", 20), Some.Pool("other", 1)]), value: "30", before: 20);

        field.Find(".row").TextContent.ShouldContain("recommended 4");
        field.Find(".budget-text").TextContent.ShouldContain("21 → 31 of 97 used");
        field.Find("[role=status]").TextContent.ShouldNotContain("connections free");
    }

    [Theory]
    [InlineData("96", false)]
    [InlineData("97", true)]
    public void What_cannot_be_had_is_said_before_it_is_refused(string size, bool isTooMuch)
    {
        var status = Show(Some.Cluster(pools: [Some.Pool("one", 1)]), value: size).Find(".field-control [role=status]");

        status.TextContent.Contains("No more than 96 can be had", StringComparison.Ordinal).ShouldBe(isTooMuch);
    }

    [Theory]
    [InlineData("30", false)]
    [InlineData("31", true)]
    public void A_resize_may_have_what_the_pool_has_and_what_is_free(string size, bool isTooMuch)
    {
        var status = Show(Some.Cluster(pools: [Some.Pool("mine", 20), Some.Pool("other", 67)]), value: size, before: 20).Find(".field-control [role=status]");

        status.TextContent.Contains("No more than 30 can be had", StringComparison.Ordinal).ShouldBe(isTooMuch);
    }

    [Fact]
    public void A_review_is_announced_in_the_words_of_the_policy()
    {
        var decision = Decision.Of("Payments", [new(ChangeField.Size, LimitAnswer.Review, "30 is more than the 19 that are given at once on orders-prod")]);

        var status = Show(Some.Cluster(), value: "30", decision: decision).Find(".field-control [role=status]");

        status.TextContent.ShouldContain("A lead decides about this size");
        status.TextContent.ShouldContain("30 is more than the 19 that are given at once on orders-prod.");
    }

    [Fact]
    public void Within_the_limits_nothing_is_announced() =>
        Show(Some.Cluster(), value: "5", decision: Decision.Of("Payments", [])).Find(".field-control [role=status]").TextContent.Trim().ShouldBeEmpty();

    [Fact]
    public void An_inbound_user_multiplies_the_size() =>
        Show(Some.Cluster(), value: "5", isInbound: true).Find(".field-control [role=status]").TextContent
            .ShouldContain("5 for each user who comes in: 4 users of orders-prod could take 20 together.");

    [Fact]
    public void An_unknown_plan_says_so_and_blocks_nothing()
    {
        var field = Show(Some.Cluster(slug: "db-new-thing", pools: [Some.Pool("one", 12)]), value: "500");

        field.Find(".budget-text").TextContent.ShouldBe("12 → 512 used, limit unknown");
        field.Find(".field-control [role=status]").TextContent.Trim().ShouldBeEmpty();
        field.Find("details").TextContent.ShouldContain("its limit is unknown");
    }

    [Theory]
    [InlineData(PoolMode.Transaction, "5", "Up to 5 queries run at once. More clients wait; they are not refused.")]
    [InlineData(PoolMode.Transaction, "1", "Up to 1 query runs at once. More clients wait; they are not refused.")]
    [InlineData(PoolMode.Session, "5", "Up to 5 clients are served at once, each until it disconnects. More clients wait, and fail when that takes too long.")]
    [InlineData(PoolMode.Session, "1", "Up to 1 client is served at once, each until it disconnects. More clients wait, and fail when that takes too long.")]
    public void What_the_size_means_depends_on_the_mode(PoolMode mode, string size, string hint) =>
        Show(Some.Cluster(), value: size, mode: mode).Find(".field-hint").TextContent.Trim().ShouldBe(hint);

    [Fact]
    public void In_session_mode_no_figure_is_recommended_but_worked_out()
    {
        var field = Show(Some.Cluster(), value: "5", mode: PoolMode.Session, calculation: new SizeCalculation { Instances = "3", ConnectionsEach = "10" });

        field.Find(".row").TextContent.ShouldNotContain("recommended");
        field.Find(".calculator").TextContent.ShouldContain("3 × 10 clients can be connected at once, and each holds a connection: 30.");
        field.Find(".calculator button").Click();
        _typed.ShouldBe(["30"]);
    }

    [Fact]
    public void The_calculator_shows_its_sum_and_offers_the_result()
    {
        var field = Show(Some.Cluster(), value: "5", calculation: new SizeCalculation { PerSecond = "300", Milliseconds = "12" });

        field.Find("details").HasAttribute("open").ShouldBeTrue();
        field.Find(".calculator").TextContent.ShouldContain("300 a second × 12 ms = 3.6 at work on average, and half as many again for peaks: 6.");
        field.Find(".calculator button").TextContent.ShouldBe("Use 6");
        field.Find(".calculator button").Click();
        _typed.ShouldBe(["6"]);
    }

    [Fact]
    public void A_result_that_is_more_than_there_is_says_so() =>
        Show(Some.Cluster(), value: "5", calculation: new SizeCalculation { PerSecond = "3000", Milliseconds = "100" }).Find(".calculator").TextContent
            .ShouldContain("More than the 97 that are free.");

    [Fact]
    public void What_is_no_number_is_answered_with_an_example_and_no_button()
    {
        var field = Show(Some.Cluster(), value: "5", calculation: new SizeCalculation { PerSecond = "many" });

        field.Find(".calculator").TextContent.ShouldContain("Enter two numbers, like 300 and 12.");
        field.FindAll(".calculator button").ShouldBeEmpty();
    }

    private IRenderedComponent<SizeField> Show(
        ClusterInView? cluster, string? value, int before = 0, PoolMode mode = PoolMode.Transaction, bool isInbound = false, Decision? decision = null, SizeCalculation? calculation = null) =>
        Render<SizeField>(parameters => parameters
            .Add(field => field.Id, "size")
            .Add(field => field.Cluster, cluster)
            .Add(field => field.Mode, mode)
            .Add(field => field.Value, value)
            .Add(field => field.Before, before)
            .Add(field => field.IsInbound, isInbound)
            .Add(field => field.Decision, decision)
            .Add(field => field.Calculation, calculation ?? new SizeCalculation())
            .Add(field => field.OnTyped, _typed.Add));
}
