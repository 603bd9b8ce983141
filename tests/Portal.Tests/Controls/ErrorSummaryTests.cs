using Bunit;
using Portal.Controls;

namespace Portal.Tests.Controls;

public sealed class ErrorSummaryTests : BunitContext
{
    private const string Focus = "Blazor._internal.domWrapper.focus";

    private static readonly FieldError Size = new("size", "Pool size must be 12 or fewer.");

    public ErrorSummaryTests() => JSInterop.Mode = JSRuntimeMode.Loose;

    [Fact]
    public void Without_errors_there_is_nothing() => Show([]).Markup.Trim().ShouldBeEmpty();

    [Fact]
    public void Each_error_leads_to_its_field()
    {
        var link = Show([Size]).Find("a");

        link.TextContent.ShouldBe("Pool size must be 12 or fewer.");
        link.GetAttribute("data-focus").ShouldBe("size");
        link.GetAttribute("href").ShouldEndWith("/#size");
    }

    [Fact]
    public void What_belongs_to_no_field_is_said_without_a_link() =>
        Show([new FieldError(null, "The cluster is being resized.")]).FindAll("a").ShouldBeEmpty();

    [Fact]
    public void A_new_list_takes_the_focus_and_the_same_list_does_not_take_it_again()
    {
        IReadOnlyList<FieldError> errors = [Size];
        var summary = Show(errors);
        summary.Render(parameters => parameters.Add(summary => summary.Errors, errors));
        JSInterop.Invocations[Focus].Count.ShouldBe(1);

        summary.Render(parameters => parameters.Add(summary => summary.Errors, [Size]));
        JSInterop.Invocations[Focus].Count.ShouldBe(2);
    }

    [Fact]
    public void It_is_announced_under_its_heading_and_can_take_the_focus()
    {
        var summary = Show([Size]).Find(".error-summary");

        summary.GetAttribute("role").ShouldBe("alert");
        summary.GetAttribute("tabindex").ShouldBe("-1");
        summary.QuerySelector($"#{summary.GetAttribute("aria-labelledby")}")!.TextContent.Trim().ShouldBe("There is a problem");
    }

    private IRenderedComponent<ErrorSummary> Show(IReadOnlyList<FieldError> errors) =>
        Render<ErrorSummary>(parameters => parameters.Add(summary => summary.Errors, errors));
}
