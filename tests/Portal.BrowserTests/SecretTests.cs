using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Playwright;

namespace Portal.BrowserTests;

/// <summary>Everything that leaves the portal on the way to a connection, but for the one answer that is meant to hold a password.</summary>
public sealed class SecretTests(Stage stage) : BrowserTest(stage)
{
    private static readonly string[] Tokens = ["dop_v1_sandbox"];

    private readonly ConcurrentQueue<(string Where, string Text)> _written = new();
    private readonly ConcurrentQueue<Task> _reading = new();
    private int _handedOut;
    private int _frames;

    [Fact]
    public async Task No_frame_no_page_no_address_no_log_and_no_database_holds_a_secret()
    {
        Record();
        await SignInAsync("developer");
        // One password of letters and digits, one of everything that is written otherwise somewhere.
        await WalkAsync("secret-plain", "app");
        await WalkAsync("secret-hostile", "checkout");
        await Task.WhenAll(_reading);
        await Page.Context.CloseAsync();

        _handedOut.ShouldBe(6);
        _frames.ShouldBeGreaterThan(20);
        _written.ShouldContain(written => written.Where.StartsWith("frame", StringComparison.Ordinal) && written.Text.Contains("secret-hostile", StringComparison.Ordinal));
        _written.Enqueue(("the log", Stage.Log.Read()));
        foreach (var file in Directory.EnumerateFiles(Stage.Database.Folder, "portal.db*"))
        {
            _written.Enqueue((Path.GetFileName(file), await ReadAsync(file)));
        }

        _written.ShouldContain(written => written.Where == "portal.db-wal");
        _written.ShouldContain(written => written.Where == "the log" && written.Text.Contains("Trace ", StringComparison.Ordinal));
        var forms = Stage.Sandbox.Secrets.Concat(Tokens).SelectMany(FormsOf).Distinct(StringComparer.Ordinal).ToList();
        foreach (var (where, text) in _written)
        {
            // The number alone: the message of a failed test must not be the leak.
            forms.FindIndex(form => text.Contains(form, StringComparison.Ordinal)).ShouldBe(-1, where);
        }
    }

    private async Task WalkAsync(string name, string user)
    {
        var card = await new NewPool(Page).MakeAsync(name, user: user);
        _written.Enqueue(("the page before Show", await Page.ContentAsync()));
        await card.CopyAsync();
        await card.Show.ClickAsync();
        await Expect(card.Shown).ToContainTextAsync("postgresql://");
        await card.Hide.ClickAsync();
        await card.Format(".NET (Npgsql)").CheckAsync();
        await Expect(card.Masked).ToContainTextAsync("Host=");
        await card.Show.ClickAsync();
        await Expect(card.Shown).ToContainTextAsync("Host=");
        await card.Hide.ClickAsync();
        await Expect(card.Shown).ToBeEmptyAsync();
        _written.Enqueue(("the page after Hide", await Page.ContentAsync()));
        await Page.GetByRole(AriaRole.Link, new() { Name = "Open the pool" }).ClickAsync();
        await new PoolTest(Page).RunAsync();
        _written.Enqueue(("the page after a test", await Page.ContentAsync()));
        await Page.GotoAsync("/");
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = name })).ToBeVisibleAsync();
        _written.Enqueue(("the storage of the browser", await Page.EvaluateAsync<string>("() => JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + JSON.stringify(history.state)")));
    }

    private void Record()
    {
        Page.WebSocket += (_, socket) =>
        {
            socket.FrameReceived += (_, frame) => Keep("frame received", frame);
            socket.FrameSent += (_, frame) => Keep("frame sent", frame);
        };
        Page.Request += (_, request) => _written.Enqueue(("an address", request.Url));
        Page.Response += (_, response) =>
        {
            var isPortal = response.Url.StartsWith(Stage.Address, StringComparison.Ordinal);
            if (isPortal && response.Url.EndsWith("/connection", StringComparison.Ordinal) && response.Request.Method == "POST")
            {
                Interlocked.Increment(ref _handedOut);
            }
            else if (isPortal && response.Status is 200 && response.Headers.GetValueOrDefault("content-type") is { } type
                && (type.Contains("html", StringComparison.Ordinal) || type.Contains("json", StringComparison.Ordinal)))
            {
                _reading.Enqueue(KeepAsync(response));
            }
        };
    }

    private void Keep(string where, IWebSocketFrame frame)
    {
        Interlocked.Increment(ref _frames);
        _written.Enqueue((where, frame.Text ?? Encoding.UTF8.GetString(frame.Binary ?? [])));
    }

    private async Task KeepAsync(IResponse response)
    {
        try
        {
            _written.Enqueue((response.Url, await response.TextAsync()));
        }
        catch (PlaywrightException)
        {
            // The page was left before its text was asked for; what it held was looked at in the page.
        }
    }

    private static async Task<string> ReadAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file, Encoding.Latin1);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    private static IEnumerable<string> FormsOf(string secret) =>
    [
        secret,
        Uri.EscapeDataString(secret),
        Uri.EscapeDataString(secret).ToLowerInvariant(),
        WebUtility.UrlEncode(secret),
        WebUtility.HtmlEncode(secret),
        JsonEncodedText.Encode(secret).ToString(),
        JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString(),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)).TrimEnd('='),
    ];
}
