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
        bar.Find(".budget-text").TextContent.ShouldBe("12 used; the budget of this cluster is not known");
    }

    [Fact]
    public void Nothing_has_a_style_attribute_because_the_policy_refuses_it() => Show(90, 10, 97).FindAll("[style]").ShouldBeEmpty();

    private IRenderedComponent<BudgetBar> Show(int others, int own, int? limit) => Render<BudgetBar>(parameters => parameters
        .Add(bar => bar.Others, others)
        .Add(bar => bar.This, own)
        .Add(bar => bar.Limit, limit)
        .Add(bar => bar.IsPlan, true));
}
