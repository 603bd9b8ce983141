using Bunit;
using Portal.Controls;

namespace Portal.Tests.Controls;

public sealed class BudgetBarTests : BunitContext
{
    [Theory]
    [InlineData(52, 0, 97, false, "52 of 97 used", null, "52 of 97 server connections used, 45 free")]
    [InlineData(52, 5, 97, true, "52 → 57 of 97 used", null, "57 of 97 server connections used, 5 more than now, 40 free")]
    [InlineData(47, 5, 97, false, "52 of 97 used", null, "52 of 97 server connections used, 5 by this pool, 45 free")]
    [InlineData(77, 0, 97, false, "77 of 97 used", null, "77 of 97 server connections used, 20 free")]
    [InlineData(78, 0, 97, false, "78 of 97 used", "nearly full", "78 of 97 server connections used, 19 free, nearly full")]
    [InlineData(96, 0, 97, false, "96 of 97 used", "nearly full", "96 of 97 server connections used, 1 free, nearly full")]
    [InlineData(90, 7, 97, true, "90 → 97 of 97 used", "full", "97 of 97 server connections used, 7 more than now, 0 free, full")]
    [InlineData(90, 10, 97, true, "90 → 100 of 97 used", "3 above the budget", "100 of 97 server connections used, 10 more than now, 3 above the budget")]
    public void The_budget_is_said_in_words(int others, int own, int limit, bool isPlan, string shown, string? mark, string spoken)
    {
        var text = BudgetText.Of(others, own, limit, isPlan);

        text.Shown.ShouldBe(shown);
        text.Mark.ShouldBe(mark);
        text.Spoken.ShouldBe(spoken);
        text.IsOver.ShouldBe(others + own > limit);
    }

    [Theory]
    [InlineData(40, 20, 12, 0, "52 → 60 of 97 used", "60 of 97 server connections used, 8 more than now, 37 free")]
    [InlineData(40, 5, 12, 0, "52 → 45 of 97 used", "45 of 97 server connections used, 7 fewer than now, 52 free")]
    [InlineData(40, 12, 12, 0, "52 of 97 used", "52 of 97 server connections used, as many as now, 45 free")]
    [InlineData(40, 0, 12, 0, "52 → 40 of 97 used", "40 of 97 server connections used, 12 fewer than now, 57 free")]
    [InlineData(40, 5, 0, 6, "46 → 51 of 97 used", "51 of 97 server connections used, 6 of them on the way, 5 more than now, 46 free")]
    public void A_change_of_a_pool_is_said_with_what_it_has_now_and_what_is_on_its_way(int others, int own, int before, int onTheWay, string shown, string spoken)
    {
        var text = BudgetText.Of(others, own, 97, isPlan: true, onTheWay, before);

        text.Shown.ShouldBe(shown);
        text.Spoken.ShouldBe(spoken);
    }

    [Fact]
    public void The_figures_of_a_plan_always_add_up()
    {
        for (var own = 0; own <= 100; own++)
        {
            for (var before = 0; before <= 100; before++)
            {
                var text = BudgetText.Of(7, own, 97, isPlan: true, onTheWay: 3, before);

                text.Shown.ShouldBe(own == before ? $"{10 + own} of 97 used" : $"{10 + before} → {10 + own} of 97 used");
                text.IsOver.ShouldBe(own > 87);
            }
        }
    }

    [Fact]
    public void The_drawing_is_one_picture_with_all_of_it_as_its_name()
    {
        var bar = Show(52, 5, 97);

        var picture = bar.Find("svg");
        picture.GetAttribute("role").ShouldBe("img");
        picture.GetAttribute("aria-label").ShouldBe("57 of 97 server connections used, 5 more than now, 40 free");
        bar.Find(".budget-text").GetAttribute("aria-hidden").ShouldBe("true");
    }

    [Fact]
    public void The_parts_are_as_wide_as_their_share_and_the_own_one_has_a_pattern()
    {
        var bar = Show(50, 25, 100);

        bar.Find("rect.others").GetAttribute("width").ShouldBe("50%");
        bar.Find("rect.this").GetAttribute("x").ShouldBe("50%");
        bar.Find("rect.this").GetAttribute("width").ShouldBe("25%");
        bar.FindAll("rect").ShouldContain(part => part.GetAttribute("fill") == $"url(#{bar.Find("pattern").Id})");
    }

    [Fact]
    public void Two_bars_on_a_page_do_not_share_a_pattern() =>
        Show(1, 1, 9).Find("pattern").Id.ShouldNotBe(Show(1, 1, 9).Find("pattern").Id);

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    public void A_budget_that_is_not_known_is_not_drawn(int? limit)
    {
        var bar = Show(12, 0, limit);

        bar.FindAll("svg").ShouldBeEmpty();
        bar.Find(".budget-text").TextContent.ShouldBe("12 used, limit unknown");
    }

    [Fact]
    public void Each_part_has_its_own_pattern_and_the_key_says_what_it_is()
    {
        var bar = Render<BudgetBar>(parameters => parameters
            .Add(bar => bar.Others, 40).Add(bar => bar.OnTheWay, 10).Add(bar => bar.Before, 5).Add(bar => bar.This, 12)
            .Add(bar => bar.Limit, 100).Add(bar => bar.IsPlan, true).Add(bar => bar.HasKey, true));

        Drawn(bar).ShouldBe([("others", "0%", "40%"), ("coming", "40%", "10%"), ("kept", "50%", "5%"), ("this", "55%", "7%")]);
        bar.FindAll(".budget-bar rect[fill]").Select(part => part.GetAttribute("fill")).Distinct().Count().ShouldBe(2);
        Key(bar).ShouldBe(["40 by other pools", "10 on the way for other changes", "5 by this pool now", "7 more for this pool", "38 free", "3 more are reserved for maintenance"]);
        bar.FindAll(".budget-key svg").ShouldAllBe(picture => picture.GetAttribute("aria-hidden") == "true");
    }

    [Fact]
    public void What_a_smaller_size_gives_back_is_drawn_and_named()
    {
        var bar = Render<BudgetBar>(parameters => parameters
            .Add(bar => bar.Others, 40).Add(bar => bar.Before, 20).Add(bar => bar.This, 5).Add(bar => bar.Limit, 100).Add(bar => bar.IsPlan, true).Add(bar => bar.HasKey, true));

        Drawn(bar).ShouldBe([("others", "0%", "40%"), ("kept", "40%", "5%"), ("back", "45%", "15%")]);
        Key(bar).ShouldBe(["40 by other pools", "5 by this pool now", "15 given back, and free again", "55 free", "3 more are reserved for maintenance"]);
    }

    [Fact]
    public void A_list_shows_no_key() => Show(50, 25, 100).FindAll(".budget-key").ShouldBeEmpty();

    [Fact]
    public void Nothing_has_a_style_attribute_because_the_policy_refuses_it() => Show(90, 10, 97).FindAll("[style]").ShouldBeEmpty();

    private static IEnumerable<(string?, string?, string?)> Drawn(IRenderedComponent<BudgetBar> bar) => bar.FindAll(".budget-bar rect[class]")
        .Where(part => part.ClassName != "edge")
        .Select(part => (part.ClassName, part.GetAttribute("x"), part.GetAttribute("width")));

    private static IEnumerable<string> Key(IRenderedComponent<BudgetBar> bar) => bar.FindAll(".budget-key > li").Select(entry => entry.TextContent.Trim());

    private IRenderedComponent<BudgetBar> Show(int others, int own, int? limit) => Render<BudgetBar>(parameters => parameters
        .Add(bar => bar.Others, others)
        .Add(bar => bar.This, own)
        .Add(bar => bar.Limit, limit)
        .Add(bar => bar.IsPlan, true));
}
