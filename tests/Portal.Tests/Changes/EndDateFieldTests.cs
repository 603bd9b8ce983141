using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Changes;

namespace Portal.Tests.Changes;

public sealed class EndDateFieldTests : BunitContext
{
    private readonly List<string?> _typed = [];

    public EndDateFieldTests() => Services.AddSingleton<TimeProvider>(new ManualTimeProvider());

    [Fact]
    public void It_is_a_native_date_field_between_tomorrow_and_two_years()
    {
        var input = Show(value: "2026-12-31").Find("input");

        input.GetAttribute("type").ShouldBe("date");
        input.GetAttribute("value").ShouldBe("2026-12-31");
        input.GetAttribute("min").ShouldBe("2026-11-24");
        input.GetAttribute("max").ShouldBe("2028-11-22");
        input.Change("2027-01-15");
        _typed.ShouldBe(["2027-01-15"]);
    }

    [Fact]
    public void It_says_that_it_may_be_left_out_and_that_nothing_is_deleted_by_itself()
    {
        var field = Show();

        field.Find("label").TextContent.ShouldContain("(optional)");
        field.Find(".field-hint").TextContent.ShouldContain("Nothing is deleted by itself.");
    }

    [Fact]
    public void Its_mistake_is_tied_to_it()
    {
        var field = Show(error: "Wanted until must be after today");

        field.Find("input").GetAttribute("aria-invalid").ShouldBe("true");
        field.Find("input").GetAttribute("aria-describedby")!.ShouldContain("endson-error");
        field.Find("#endson-error").TextContent.ShouldContain("Wanted until must be after today");
    }

    private IRenderedComponent<EndDateField> Show(string? value = null, string? error = null) => Render<EndDateField>(parameters => parameters
        .Add(field => field.Id, "endson")
        .Add(field => field.Value, value)
        .Add(field => field.Error, error)
        .Add(field => field.OnTyped, _typed.Add));
}
