using Microsoft.Extensions.Options;
using Portal.Access;
using Portal.Pools.Create;
using Portal.Tests.Changes;

namespace Portal.Tests.Pools;

public sealed class CreatePreviewTests
{
    private readonly CreatePreview _preview = new(
        Some.Policy(),
        new Teams(Options.Create(new TeamsOptions { Teams = [new TeamOptions { Name = "Payments", Members = ["payments"], Uses = [new TripleOptions { Cluster = "*" }] }] })));

    [Theory]
    [InlineData("19", false)]
    [InlineData("20", true)]
    [InlineData("97", true)]
    public void The_size_is_judged_as_the_policy_judges_it(string size, bool needsReview) =>
        _preview.OfSize(Form(size), Some.Cluster()).ShouldNotBeNull().NeedsReview.ShouldBe(needsReview);

    [Theory]
    [InlineData("")]
    [InlineData("a lot")]
    [InlineData("0")]
    [InlineData("98")]
    public void What_is_no_size_or_cannot_be_had_is_not_judged(string size) => _preview.OfSize(Form(size), Some.Cluster()).ShouldBeNull();

    [Fact]
    public void Without_a_cluster_or_a_team_nothing_is_judged()
    {
        _preview.OfAll(Form("5"), null).ShouldBeNull();
        _preview.OfAll(new CreateForm { Size = "5" }, Some.Cluster()).ShouldBeNull();
    }

    [Theory]
    [InlineData("app", false)]
    [InlineData("doadmin", true)]
    [InlineData(CreateForm.InboundUser, true)]
    [InlineData(null, false)]
    public void The_user_counts_for_the_whole_and_not_for_the_size(string? user, bool needsReview)
    {
        var form = Form("5");
        form.User = user;

        _preview.OfAll(form, Some.Cluster()).ShouldNotBeNull().NeedsReview.ShouldBe(needsReview);
        _preview.OfSize(form, Some.Cluster()).ShouldNotBeNull().NeedsReview.ShouldBeFalse();
    }

    [Fact]
    public void An_unknown_plan_is_judged_by_the_fixed_size_alone() =>
        _preview.OfSize(Form("6"), Some.Cluster(slug: "db-new-thing")).ShouldNotBeNull().Reasons.ShouldBe(["6 is more than the 5 that are given at once on orders-prod"]);

    private static CreateForm Form(string size) => new() { Team = "Payments", Database = "checkout", Size = size };
}
