using Microsoft.AspNetCore.WebUtilities;
using Portal.Reviews.LookAfter;

namespace Portal.Tests.Reviews.LookAfter;

public sealed class CareQueryTests
{
    [Fact]
    public void The_list_as_it_is_first_shown_has_the_plain_address() => new CareQuery().ToAddress().ShouldBe("look-after");

    [Fact]
    public void What_is_chosen_comes_back_from_the_address()
    {
        var query = new CareQuery { Show = CareShow.Flags, Team = "Payments & Co", Search = "shop", Sort = CareSort.Copied, IsDescending = true, Page = 3 };

        var address = query.ToAddress();

        address.ShouldBe("look-after?show=flags&team=Payments%20%26%20Co&q=shop&sort=-copied&page=3");
        Read(address).ShouldBe(query);
    }

    [Fact]
    public void A_step_stands_beside_the_query() => new CareQuery { Show = CareShow.All }.ToAddress(CareStep.HandOver).ShouldBe("look-after?show=all&do=handover");

    [Theory]
    [InlineData("look-after?show=nothing&sort=7&page=-1")]
    [InlineData("look-after?show=0&sort=&page=x&team=&q=%20")]
    public void What_is_not_understood_is_left_out(string address) => Read(address).ShouldBe(new CareQuery());

    [Theory]
    [InlineData("shrink", CareStep.Shrink)]
    [InlineData("HandOver", CareStep.HandOver)]
    [InlineData("destroy", null)]
    [InlineData("0", null)]
    [InlineData(null, null)]
    public void A_step_is_read_by_its_name_alone(string? text, CareStep? step) => CareQuery.StepOf(text).ShouldBe(step);

    private static CareQuery Read(string address)
    {
        var values = QueryHelpers.ParseQuery(address.Split('?')[1]);
        return CareQuery.Read(key => values.TryGetValue(key, out var value) ? value.ToString() : null);
    }
}
