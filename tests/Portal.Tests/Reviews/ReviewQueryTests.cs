using Portal.Changes;
using Portal.Reviews.Queue;

namespace Portal.Tests.Reviews;

public sealed class ReviewQueryTests
{
    [Fact]
    public void The_queue_as_it_is_first_shown_has_the_bare_address() => new ReviewQuery().ToAddress().ShouldBe("reviews");

    [Fact]
    public void Everything_that_is_chosen_is_in_the_address_and_comes_back_from_it()
    {
        var query = new ReviewQuery { Show = ReviewShow.Decided, Kind = ChangeKind.ResetPassword, Team = "Pay & Co", Requester = "Dana", Cluster = "orders-prod", Page = 3 };

        query.ToAddress().ShouldBe("reviews?show=decided&kind=resetpassword&team=Pay%20%26%20Co&requester=Dana&cluster=orders-prod&page=3");
        Read(query.ToAddress()).ShouldBe(query);
    }

    [Theory]
    [InlineData("reviews?show=everything&kind=7&page=-1&team=%20")]
    [InlineData("reviews?show=1&page=zero&requester=")]
    public void What_an_address_says_that_nobody_understands_is_left_out(string address) => Read(address).ShouldBe(new ReviewQuery());

    [Fact]
    public void Which_list_is_shown_is_no_filter()
    {
        new ReviewQuery { Show = ReviewShow.Open, Page = 2 }.IsFiltered.ShouldBeFalse();
        new ReviewQuery { Cluster = "orders" }.IsFiltered.ShouldBeTrue();
        new ReviewQuery { Kind = ChangeKind.Create }.IsFiltered.ShouldBeTrue();
    }

    private static ReviewQuery Read(string address)
    {
        var values = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(address.Split('?')[1]);
        return ReviewQuery.Read(key => values.TryGetValue(key, out var value) ? value.ToString() : null);
    }
}
