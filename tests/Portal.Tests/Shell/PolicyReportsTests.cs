using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Portal.Shell;

namespace Portal.Tests.Shell;

public sealed class PolicyReportsTests
{
    private const string Old = """{"csp-report":{"effective-directive":"style-src-attr","blocked-uri":"inline","document-uri":"https://p/x?code=1","source-file":"https://p/a.js","line-number":7}}""";
    private const string New = """[{"type":"csp-violation","body":{"effectiveDirective":"img-src","blockedURL":"https://evil/i.png","documentURL":"https://p/","lineNumber":1}}]""";

    private readonly ListLogger _log = new();

    [Theory]
    [InlineData(Old, "style-src-attr refused inline on https://p/x (https://p/a.js, line 7)")]
    [InlineData(New, "img-src refused https://evil/i.png on https://p/ (-, line 1)")]
    public async Task Both_formats_are_logged_without_query(string report, string expected)
    {
        (await SendAsync(report)).ShouldBe(StatusCodes.Status204NoContent);

        _log.Lines.ShouldHaveSingleItem().ShouldContain(expected);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("1")]
    [InlineData("""{"csp-report":"text"}""")]
    [InlineData("""[1,{"body":null}]""")]
    public async Task What_is_no_report_is_taken_and_forgotten(string report)
    {
        (await SendAsync(report)).ShouldBe(StatusCodes.Status204NoContent);

        _log.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_no_json_is_refused() => (await SendAsync("<html>")).ShouldBe(StatusCodes.Status400BadRequest);

    [Fact]
    public async Task What_is_larger_than_16_kib_is_refused_unread() =>
        (await SendAsync($"\"{new string('x', 16 * 1024)}\"")).ShouldBe(StatusCodes.Status413PayloadTooLarge);

    [Fact]
    public async Task One_request_logs_at_most_10_lines()
    {
        await SendAsync($"[{string.Join(',', Enumerable.Repeat(New[1..^1], 50))}]");

        _log.Lines.Count.ShouldBe(10);
    }

    [Fact]
    public async Task After_30_in_a_minute_the_next_is_refused()
    {
        using var reports = new PolicyReports(_log);
        for (var sent = 0; sent < 30; sent++)
        {
            (await SendAsync(Old, reports)).ShouldBe(StatusCodes.Status204NoContent);
        }

        (await SendAsync(Old, reports)).ShouldBe(StatusCodes.Status429TooManyRequests);
    }

    private async Task<int?> SendAsync(string body, PolicyReports? shared = null)
    {
        using var own = shared is null ? new PolicyReports(_log) : null;
        var bytes = Encoding.UTF8.GetBytes(body);
        var context = new DefaultHttpContext();
        context.Request.Body = new MemoryStream(bytes);
        context.Request.ContentLength = bytes.Length;
        var result = await (shared ?? own!).TakeAsync(context.Request, TestContext.Current.CancellationToken);
        return ((IStatusCodeHttpResult)result).StatusCode;
    }

    private sealed class ListLogger : ILogger<PolicyReports>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}
