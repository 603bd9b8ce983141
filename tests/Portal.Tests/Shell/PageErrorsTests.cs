using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Shell;

namespace Portal.Tests.Shell;

public sealed class PageErrorsTests : BunitContext
{
    private readonly ListLogger _log = new();

    public PageErrorsTests() => Services.AddSingleton<ILogger<PageErrors>>(_log);

    [Fact]
    public void A_page_that_throws_tells_a_reference_and_nothing_of_why()
    {
        var frame = Render<PageErrors>(parameters => parameters.AddChildContent<ThrowingPage>());

        frame.Find("[role=alert] h1").TextContent.ShouldBe("This page stopped working");
        frame.Markup.ShouldNotContain(ThrowingPage.Why);
        frame.Markup.ShouldNotContain(nameof(InvalidOperationException));
        var logged = _log.Lines.ShouldHaveSingleItem();
        logged.Exception.ShouldBeOfType<InvalidOperationException>().Message.ShouldBe(ThrowingPage.Why);
        logged.Text.ShouldContain(frame.Find("code").TextContent);
    }

    [Fact]
    public void A_page_that_works_is_left_alone() =>
        Render<PageErrors>(parameters => parameters.AddChildContent("<p>All is well.</p>")).MarkupMatches("<p>All is well.</p>");

    private sealed class ThrowingPage : ComponentBase
    {
        public const string Why = "no such table: heron";

        protected override void BuildRenderTree(RenderTreeBuilder builder) => throw new InvalidOperationException(Why);
    }

    private sealed class ListLogger : ILogger<PageErrors>
    {
        public List<(string Text, Exception? Exception)> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add((formatter(state, exception), exception));
    }
}
