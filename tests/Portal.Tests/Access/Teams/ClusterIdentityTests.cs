using Portal.Access;

namespace Portal.Tests.Access.Teams;

public sealed class ClusterIdentityTests
{
    private static readonly ClusterIdentity Cluster = new(new Guid("9cc10173-e9ea-4176-9dbc-a4cee4c4ff30"), "orders-prod", ["production", "orders"]);

    [Theory]
    [InlineData("orders-prod")]
    [InlineData("*-prod")]
    [InlineData("tag:production")]
    [InlineData("9cc10173-e9ea-4176-9dbc-a4cee4c4ff30")]
    public void A_pattern_covers_it_by_name_tag_or_id(string pattern) => new StepUpOptions { Clusters = ["other", pattern] }.Covers(Cluster).ShouldBeTrue();

    [Theory]
    [InlineData("Orders-prod")]
    [InlineData("orders")]
    [InlineData("tag:prod")]
    [InlineData("production")]
    [InlineData("9cc10173-e9ea-4176-9dbc-a4cee4c4ff31")]
    public void Another_pattern_does_not(string pattern) => new StepUpOptions { Clusters = [pattern] }.Covers(Cluster).ShouldBeFalse();

    [Fact]
    public void By_default_no_cluster_asks_for_a_proof() => new StepUpOptions().Covers(Cluster).ShouldBeFalse();
}
