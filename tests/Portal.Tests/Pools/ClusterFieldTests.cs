using Bunit;
using Microsoft.AspNetCore.Components.Web;
using Portal.Access;
using Portal.DigitalOcean;
using Portal.Pools.Create;

namespace Portal.Tests.Pools;

public sealed class ClusterFieldTests : BunitContext
{
    private readonly List<Guid?> _chosen = [];

    [Fact]
    public void A_list_that_can_be_looked_through_has_no_filter()
    {
        var field = Show(Many(ClusterField.FilterFrom));

        field.FindAll("input[type=search]").ShouldBeEmpty();
        Listed(field).Count.ShouldBe(15);
    }

    [Fact]
    public void Of_a_thousand_clusters_fifty_lines_are_drawn_and_the_rest_is_said()
    {
        var field = Show(Many(1000));

        Listed(field).Count.ShouldBe(50);
        field.Find("p[role=status]").TextContent.ShouldBe("1,000 clusters. The first 50 are listed below.");
    }

    [Theory]
    [InlineData("cluster-0042", 1)]
    [InlineData("CLUSTER-000", 9)]
    [InlineData("fra1 staging", 83)]
    [InlineData("  ", 1000)]
    [InlineData("no-such", 0)]
    public void Every_word_has_to_be_in_name_region_or_tag(string typed, int matches)
    {
        var field = Show(Many(1000));

        field.Find("input[type=search]").Input(typed);

        Listed(field).Count.ShouldBe(Math.Min(matches, 50));
        field.Find("p[role=status]").TextContent.ShouldStartWith(matches switch { 0 => "No cluster matches.", 1000 => "1,000 clusters.", _ => $"{matches} of 1,000 clusters match." });
    }

    [Fact]
    public void First_come_those_that_are_called_so_and_those_with_pools_of_ones_own()
    {
        var clusters = Many(100);
        clusters[60] = clusters[60] with { IsOurs = true };
        clusters[90] = Choice("east-production", "online", 1, 5);
        var field = Show(clusters);
        Listed(field)[0].ShouldBe(clusters[60].Words);
        Listed(field)[1].ShouldBe(clusters[0].Words);

        field.Find("input[type=search]").Input("production");

        Listed(field)[0].ShouldBe(clusters[90].Words);
        Listed(field)[1].ShouldBe(clusters[60].Words);
    }

    [Fact]
    public void A_replica_says_that_it_only_reads_before_it_is_chosen() =>
        (Choice("orders-read", "online", 1, 5) with { IsReadOnly = true }).Words.ShouldStartWith("orders-read · read only · fra1");

    [Fact]
    public void A_short_list_stays_in_the_order_of_its_names()
    {
        var clusters = Many(10);
        clusters[6] = clusters[6] with { IsOurs = true };

        Listed(Show(clusters)).ShouldBe(clusters.Select(cluster => cluster.Words));
    }

    [Fact]
    public void What_is_chosen_stays_listed_whatever_is_typed()
    {
        var clusters = Many(1000);
        var field = Show(clusters, clusters[700].Id);
        field.Find("select").GetAttribute("value").ShouldBe(clusters[700].Id.ToString());
        Listed(field).Count.ShouldBe(51);

        field.Find("input[type=search]").Input("no-such");

        Listed(field).ShouldBe([clusters[700].Words]);
    }

    [Fact]
    public void Enter_takes_the_only_match_and_sends_no_form()
    {
        var clusters = Many(1000);
        var field = Show(clusters);
        field.Find("input[type=search]").GetAttribute("form").ShouldBe("");
        field.Find("input[type=search]").Input("cluster-0001");
        field.Find("input[type=search]").KeyDown(new KeyboardEventArgs { Key = "Enter" });
        _chosen.ShouldBe([clusters[0].Id]);

        field.Find("input[type=search]").Input("cluster-000");
        field.Find("input[type=search]").KeyDown(new KeyboardEventArgs { Key = "Enter" });
        _chosen.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("resizing", 0, 0, "c cannot take a pool", "It is being resized: no changes now.")]
    [InlineData("online", 21, 21, "c cannot take a pool", "It has 21 pools already, the most a cluster can have.")]
    [InlineData("online", 5, 97, "c cannot take a pool", "It has 0 connections free.")]
    [InlineData("online", 20, 20, "c has 20 of the 21 pools", "")]
    public void Why_the_chosen_one_takes_no_pool_is_said_at_once(string status, int pools, int used, string said, string why)
    {
        var choice = Choice("c", status, pools, used);

        var words = Show([choice], choice.Id).Find("div[role=status]").TextContent;

        words.ShouldContain(said);
        words.ShouldContain(why);
    }

    [Fact]
    public void About_a_cluster_with_room_nothing_is_said()
    {
        var choice = Choice("c", "online", 3, 20);

        Show([choice], choice.Id).Find("div[role=status]").TextContent.Trim().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("db-s-2vcpu-4gb", "c · fra1 · 4 GiB · 77 of 97 free")]
    [InlineData("db-new-thing", "c · fra1 · limit unknown")]
    public void A_line_says_what_is_free(string slug, string words) =>
        (Choice("c", "online", 3, 20) with { Plan = ClusterPlan.Parse(slug) }).Words.ShouldBe(words);

    private static ClusterChoice[] Many(int count) =>
        [.. Enumerable.Range(1, count).Select(number => Choice($"cluster-{number:0000}", "online", 1, 5, number % 3 == 0 ? "fra1" : "nyc3", number % 4 == 0 ? "staging" : "production"))];

    private static ClusterChoice Choice(string name, string status, int pools, int used, string region = "fra1", string tag = "production") =>
        new(new ClusterIdentity(Guid.NewGuid(), name, [tag]), status, region, ClusterPlan.Parse("db-s-2vcpu-4gb"), pools, used);

    private static List<string> Listed(IRenderedComponent<ClusterField> field) => [.. field.FindAll("option").Skip(1).Select(option => option.TextContent)];

    private IRenderedComponent<ClusterField> Show(IReadOnlyList<ClusterChoice> choices, Guid? chosen = null) => Render<ClusterField>(parameters => parameters
        .Add(field => field.Choices, choices)
        .Add(field => field.Chosen, chosen)
        .Add(field => field.OnChosen, _chosen.Add));
}
