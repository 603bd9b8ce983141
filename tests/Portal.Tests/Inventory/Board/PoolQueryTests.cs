using Microsoft.AspNetCore.WebUtilities;
using Portal.Inventory;

namespace Portal.Tests.Inventory.Board;

public sealed class PoolQueryTests
{
    [Theory]
    [InlineData("")]
    [InlineData("?q=checkout%20ana&cluster=orders&team=Payments&mode=session&state=drift&sort=-size&page=3")]
    [InlineData("?q=100%25%20%26%20%C3%A4")]
    [InlineData("?sort=-cluster")]
    [InlineData("?sort=changed")]
    public void An_address_and_the_query_it_means_say_the_same(string address) => Read(address).ToAddress().ShouldBe(address);

    [Theory]
    [InlineData("?q=%20&cluster=&sort=cluster&page=1")]
    [InlineData("?state=2&sort=5&page=-1")]
    [InlineData("?state=nonsense&sort=nonsense&page=0&other=1")]
    public void What_is_not_understood_is_left_out(string address)
    {
        Read(address).ShouldBe(new PoolQuery());
        Read(address).IsFiltered.ShouldBeFalse();
    }

    [Theory]
    [InlineData("", "dashboards inbound checkout reports Checkout")]
    [InlineData("?q=checkout", "checkout Checkout")]
    [InlineData("?q=PAY%20checkout%20paul", "Checkout")]
    [InlineData("?q=omar", "reports")]
    [InlineData("?q=events", "dashboards inbound")]
    [InlineData("?q=nobody", "")]
    [InlineData("?cluster=orders", "checkout reports")]
    [InlineData("?cluster=order", "checkout reports Checkout")]
    [InlineData("?team=payments", "checkout Checkout")]
    [InlineData("?mode=session", "dashboards")]
    [InlineData("?state=drift", "reports")]
    [InlineData("?state=unmanaged", "inbound")]
    [InlineData("?state=live&team=Payments&cluster=orders-eu", "Checkout")]
    [InlineData("?sort=-cluster", "Checkout checkout reports dashboards inbound")]
    [InlineData("?sort=name", "checkout Checkout dashboards inbound reports")]
    [InlineData("?sort=size", "Checkout inbound checkout dashboards reports")]
    [InlineData("?sort=-size", "reports dashboards checkout inbound Checkout")]
    [InlineData("?sort=user", "inbound checkout reports Checkout dashboards")]
    [InlineData("?sort=mode", "dashboards inbound checkout reports Checkout")]
    [InlineData("?sort=team", "inbound dashboards reports checkout Checkout")]
    [InlineData("?sort=-state", "inbound reports dashboards checkout Checkout")]
    [InlineData("?sort=-changed", "reports checkout dashboards Checkout inbound")]
    public void A_query_finds_its_pools_in_its_order(string address, string names) =>
        string.Join(' ', Facts.View().Find(Read(address)).Rows.Select(row => row.Pool.Name)).ShouldBe(names);

    [Fact]
    public void A_page_has_50_rows_and_a_page_behind_the_last_is_the_last()
    {
        var view = new BoardView([.. Enumerable.Range(0, 6).Select(number => Facts.Cluster($"c{number}", [.. Enumerable.Range(0, 20).Select(pool => Facts.Pool($"p{pool:00}"))]))], 1);

        var first = view.Find(new PoolQuery());
        (first.Rows.Count, first.Total, first.Pages, first.Number).ShouldBe((50, 120, 3, 1));
        view.Find(new PoolQuery { Page = 3 }).Rows.Count.ShouldBe(20);
        view.Find(new PoolQuery { Page = 99, Sort = PoolSort.Name }).Number.ShouldBe(3);
        view.Find(new PoolQuery { Page = 2 }).Rows[0].ShouldBe(view.All(new PoolQuery())[50]);
    }

    [Fact]
    public void The_fullest_clusters_come_first_and_words_of_a_search_find_others()
    {
        var view = Facts.View();

        view.Fullest(2, []).Select(cluster => cluster.Name).ShouldBe(["orders", "analytics"]);
        view.Fullest(6, ["EU"]).Select(cluster => cluster.Name).ShouldBe(["orders-eu"]);
        view.Fullest(6, ["nothing"]).ShouldBeEmpty();
    }

    private static PoolQuery Read(string address)
    {
        var values = QueryHelpers.ParseQuery(address);
        return PoolQuery.Read(key => values.TryGetValue(key, out var value) ? value.ToString() : null);
    }
}
