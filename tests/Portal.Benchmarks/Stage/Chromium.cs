using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using Portal.Benchmarks.Circuits;

namespace Portal.Benchmarks.Stage;

/// <summary>A real browser, without a window.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Arguments =
        ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Chromium(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    public static async Task<Chromium> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        return new Chromium(playwright, await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Programs.Chromium,
            Args = Environment.UserName == "root" ? ["--no-sandbox", .. Arguments] : Arguments,
        }));
    }

    /// <summary>A browser that was never used: nothing cached, nobody signed in but the visitor.</summary>
    public async Task<IPage> OpenAsync(Service site, Visitor? visitor, ClickTarget? target = null)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions { BaseURL = site.Address.ToString(), IgnoreHTTPSErrors = true, ViewportSize = new ViewportSize { Width = 1280, Height = 900 } });
        context.SetDefaultTimeout(60_000);
        if (visitor is not null)
        {
            await context.AddCookiesAsync(visitor.Kept.Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Url = site.Address.ToString(), HttpOnly = cookie.HttpOnly }));
        }

        if (target is not null)
        {
            await context.AddInitScriptAsync(target.Script);
        }

        // As people come: from another site, for which a browser has another process. From its empty first page it would keep the process, unless
        // the site asks for one of its own, as only the portal does.
        var page = await context.NewPageAsync();
        await page.GotoAsync(new UriBuilder(site.Address) { Host = "127.0.0.1", Path = "_framework/blazor.web.js" }.ToString());
        return page;
    }

    /// <summary>
    /// Loads a page twice, each time with nothing cached: once to click every 4 ms until a click has its effect, and once without a click, because
    /// each of those many clicks is answered over the socket too.
    /// </summary>
    public async Task<Visit> MeasureAsync(Service site, Visitor? visitor, string address, ClickTarget target)
    {
        var clicked = await VisitAsync(site, visitor, address, target);
        return await VisitAsync(site, visitor, address, ClickTarget.Nothing) with { Milliseconds = clicked.Milliseconds };
    }

    private async Task<Visit> VisitAsync(Service site, Visitor? visitor, string address, ClickTarget target)
    {
        var page = await OpenAsync(site, visitor, target);
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("Network.enable");
        var (loaded, received) = (0L, 0L);
        session.Event("Network.loadingFinished").OnEvent += (_, told) => Interlocked.Add(ref loaded, (long)told!.Value.GetProperty("encodedDataLength").GetDouble());
        session.Event("Network.webSocketFrameReceived").OnEvent += (_, told) => Interlocked.Add(ref received, LengthOf(told!.Value.GetProperty("response")));
        await page.GotoAsync(address, new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
        var took = await TookAsync(page);
        var visit = new Visit(took, Interlocked.Read(ref loaded), Interlocked.Read(ref received));
        await page.Context.CloseAsync();
        return visit;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private static async Task<double> TookAsync(IPage page)
    {
        try
        {
            return await (await page.WaitForFunctionAsync("() => window.benchTook")).JsonValueAsync<double>();
        }
        catch (TimeoutException exception)
        {
            var seen = await page.EvaluateAsync<string>("() => `${location.href}, ${document.title}: ${document.body.innerText.slice(0, 200)}`");
            throw new TimeoutException($"No click had an effect at {seen}", exception);
        }
    }

    // A message in bytes is told of in base64.
    private static long LengthOf(JsonElement frame)
    {
        const int Binary = 2;
        var text = frame.GetProperty("payloadData").GetString()!;
        return frame.GetProperty("opcode").GetInt32() == Binary ? text.Length / 4L * 3 : text.Length;
    }
}

/// <summary>What is done, and how it is seen that it had an effect which only the server can have.</summary>
/// <param name="Deed">In the language of the page; it may find nothing there yet.</param>
/// <param name="Effect">True when there was an effect.</param>
internal sealed record ClickTarget(string Deed, string Effect)
{
    /// <summary>Nothing is clicked on: with its first drawing a circuit puts the focus on the heading, in the template and in the portal.</summary>
    public static readonly ClickTarget Nothing = new("", "document.activeElement?.tagName === 'H1'");

    public static readonly ClickTarget Counter = new("document.querySelector('article button')?.click()", "!['Current count: 0', undefined].includes(document.querySelector('p[role=status]')?.textContent)");

    /// <summary>The choice of a state above the list of pools: another one than the page came with.</summary>
    public static readonly ClickTarget State = new(
        "{ const choice = document.querySelector('#filter-state'); if (choice) { choice.value = before.includes('state=') ? '' : 'unmanaged'; choice.dispatchEvent(new Event('change', { bubbles: true })); } }",
        "location.search !== before");

    /// <summary>Runs before any script of the page.</summary>
    public string Script => string.Create(CultureInfo.InvariantCulture, $$"""
        (() => {
          const before = location.search;
          const timer = setInterval(() => {
            if ({{Effect}}) {
              clearInterval(timer);
              window.benchTook = performance.now();
              window.benchAt = Date.now();
              return;
            }
            {{Deed}}
          }, 4);
        })();
        """);
}

/// <summary>What a first visit came to.</summary>
/// <param name="Milliseconds">From the beginning of the navigation to the first click that had an effect.</param>
/// <param name="Loaded">Bytes of all answers until the page listens, headers included, as they were on the wire.</param>
/// <param name="Received">Bytes over the socket until the page listens, as it got them.</param>
internal sealed record Visit(double Milliseconds, long Loaded, long Received);
