using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Components;
using Portal.Access;
using Portal.Inventory;
using Portal.Pools.Overview;
using Portal.Tests.Changes;

namespace Portal.Tests.Pools.Overview;

public sealed class PoolRowsTests
{
    private const string Hostile = "x\"><img src=x onerror=alert(1)><!--";

    private static readonly PoolFacts Pool = Some.Pool("billing-web", size: 5, team: null);

    [Fact]
    public void A_row_says_what_is_known_of_the_pool()
    {
        var cells = Cells(PoolRows.OfList(new PoolRow(Cluster("orders-prod"), Pool)));

        cells.Select(cell => cell.TextContent).ShouldBe(["billing-web", "orders-prod", "checkout", "app", "transaction", "5", "none", "unmanaged", "–", ""]);
        cells[0].QuerySelector("a")!.GetAttribute("href").ShouldBe($"clusters/{Some.OrdersProd:D}/pools/billing-web");
        cells[9].FirstElementChild!.LocalName.ShouldBe("row-tools");
    }

    [Fact]
    public void On_the_page_of_its_cluster_a_row_has_its_share_in_the_place_of_the_cluster()
    {
        var cells = Cells(PoolRows.OfCluster(new PoolRow(Cluster("orders-prod"), Pool)));

        cells.Count.ShouldBe(9);
        cells[4].TextContent.ShouldBe("55 % of the budget");
    }

    [Fact]
    public void Nothing_that_somebody_else_has_named_is_markup()
    {
        var pool = Pool with { Name = Hostile, ModeText = Hostile, Database = Hostile, User = Hostile };

        var cells = Cells(PoolRows.OfList(new PoolRow(Cluster(Hostile), pool)));

        cells.Count.ShouldBe(10);
        cells.ShouldAllBe(cell => cell.QuerySelector("img") == null);
        cells.Count(cell => cell.TextContent == Hostile).ShouldBe(5);
    }

    [Fact]
    public void Everybody_looks_at_the_same_row_until_it_says_something_else()
    {
        var pool = Pool with { };
        var first = PoolRows.OfList(new PoolRow(Cluster("orders-prod"), pool)).Value;

        PoolRows.OfList(new PoolRow(Cluster("orders-prod") with { Status = "resizing" }, pool)).Value.ShouldBeSameAs(first);
        PoolRows.OfList(new PoolRow(Cluster("orders-test"), pool)).Value.ShouldContain("orders-test");
        PoolRows.OfList(new PoolRow(Cluster("orders-test") with { PrimaryId = Guid.NewGuid() }, pool)).Value.ShouldContain("read only");
    }

    private static ClusterFacts Cluster(string name) => Some.Cluster(pools: [Pool]).Facts with { Identity = new ClusterIdentity(Some.OrdersProd, name, []) };

    private static IReadOnlyList<IElement> Cells(MarkupString row) =>
        [.. new HtmlParser().ParseDocument($"<table><tr>{row.Value}</tr></table>").QuerySelectorAll("tr > *")];
}
