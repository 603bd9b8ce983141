using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Portal.BrowserTests;

/// <summary>Listens to everything that goes wrong in a browser without anybody seeing it: every test fails on it.</summary>
internal sealed class Watch
{
    // Heard before any script of the page runs.
    private const string ReportViolations =
        "addEventListener('securitypolicyviolation', event => console.error(`policy violated: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));";

    private readonly ConcurrentQueue<string> _heard = new();
    private readonly ConcurrentBag<string> _expected = [];

    private Watch()
    {
    }

    /// <summary>What nobody said would happen.</summary>
    public IReadOnlyList<string> Complaints =>
        [.. _heard.Where(heard => !_expected.Any(words => heard.Contains(words, StringComparison.OrdinalIgnoreCase)))];

    public static async Task<Watch> OverAsync(IBrowserContext context)
    {
        var watch = new Watch();
        await context.AddInitScriptAsync(ReportViolations);
        context.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                watch.Hear($"console {message.Type}: {message.Text} ({message.Location})");
            }
        };
        context.WebError += (_, error) => watch.Hear($"page error: {error.Error}");
        context.Request += (_, request) =>
        {
            if (request.Url.EndsWith("/csp-report", StringComparison.Ordinal))
            {
                watch.Hear($"policy report: {request.PostData}");
            }
        };
        context.RequestFailed += (_, request) =>
        {
            // Aborted is what the page itself gave up: it was left, or the answer is a file to keep.
            if (request.Failure is not "net::ERR_ABORTED")
            {
                watch.Hear($"request failed: {request.Method} {request.Url} {request.Failure}");
            }
        };
        context.Response += (_, response) =>
        {
            if (response.Status >= 400)
            {
                watch.Hear($"status {response.Status}: {response.Request.Method} {response.Url}");
            }
        };
        return watch;
    }

    /// <summary>This is part of the test.</summary>
    public void Expect(params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            _expected.Add(word);
        }
    }

    private void Hear(string what) => _heard.Enqueue(what);
}
