using Bunit;
using Portal.Controls;

namespace Portal.Tests.Controls;

public sealed class FieldTests : BunitContext
{
    [Fact]
    public void The_label_names_the_control()
    {
        var field = Render(hint: null, error: null);

        field.Find("label").GetAttribute("for").ShouldBe("size");
        field.Find("input").Id.ShouldBe("size");
    }

    [Fact]
    public void A_control_without_hint_and_error_is_described_by_nothing()
    {
        var input = Render(hint: null, error: null).Find("input");

        input.HasAttribute("aria-describedby").ShouldBeFalse();
        input.HasAttribute("aria-invalid").ShouldBeFalse();
    }

    [Fact]
    public void Hint_and_error_describe_the_control_in_this_order()
    {
        var field = Render("Further clients wait.", "Pool size must be 12 or fewer.");

        var input = field.Find("input");
        input.GetAttribute("aria-describedby").ShouldBe("size-hint size-error");
        input.GetAttribute("aria-invalid").ShouldBe("true");
        field.Find("#size-hint").TextContent.Trim().ShouldBe("Further clients wait.");
        field.Find("#size-error").TextContent.ShouldContain("Pool size must be 12 or fewer.");
    }

    [Fact]
    public void An_error_that_is_put_right_leaves_nothing_behind()
    {
        var field = Render(hint: null, error: "Enter a pool size");

        field.Render(parameters => Fill(parameters, hint: null, error: null));

        field.FindAll(".field-error").ShouldBeEmpty();
        field.Find("input").HasAttribute("aria-invalid").ShouldBeFalse();
    }

    [Fact]
    public void A_group_has_a_legend_and_carries_the_description_itself()
    {
        var field = Render<Field>(parameters => parameters
            .Add(field => field.Id, "mode")
            .Add(field => field.Label, "Mode")
            .Add(field => field.IsGroup, true)
            .Add(field => field.Error, "Choose a mode")
            .Add(field => field.ChildContent, _ => "<input type=\"radio\" id=\"mode\">"));

        field.Find("fieldset").GetAttribute("aria-describedby").ShouldBe("mode-error");
        field.Find("legend").TextContent.Trim().ShouldBe("Mode");
        field.FindAll("label").ShouldBeEmpty();
    }

    [Fact]
    public void What_may_be_left_empty_says_so_in_its_label() =>
        Render<Field>(parameters => parameters
                .Add(field => field.Id, "reason")
                .Add(field => field.Label, "Reason")
                .Add(field => field.Optional, true)
                .Add(field => field.ChildContent, _ => ""))
            .Find("label").TextContent.ShouldBe("Reason (optional)");

    private IRenderedComponent<Field> Render(string? hint, string? error) => Render<Field>(parameters => Fill(parameters, hint, error));

    private static void Fill(ComponentParameterCollectionBuilder<Field> parameters, string? hint, string? error) => parameters
        .Add(field => field.Id, "size")
        .Add(field => field.Label, "Pool size")
        .Add(field => field.Hint, hint)
        .Add(field => field.Error, error)
        .Add(field => field.ChildContent, control => builder =>
        {
            builder.OpenElement(0, "input");
            builder.AddMultipleAttributes(1, control.Attributes);
            builder.CloseElement();
        });
}
