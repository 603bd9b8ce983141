using Microsoft.Playwright;
using Portal.Benchmarks.Results;
using Portal.Benchmarks.Stage;

namespace Portal.Benchmarks.Measurements;

/// <summary>What browsers measure of a page, on a slow machine far away: 4x slower, 40 ms round trip, 10 Mbit/s.</summary>
/// <seealso href="https://web.dev/articles/vitals"/>
internal sealed class Vitals : IMeasurement
{
    private const int MenusOpened = 5;

    /// <summary>Reported once a frame or later; what is shorter than its threshold of 16 ms counts as that.</summary>
    private const string Watch = """
        window.bench = { lcp: 0, cls: 0, inp: 16 };
        const over = (type, take, more) => new PerformanceObserver(list => list.getEntries().forEach(take)).observe({ type, buffered: true, ...more });
        over('largest-contentful-paint', entry => { bench.lcp = entry.startTime; });
        over('layout-shift', entry => { if (!entry.hadRecentInput) bench.cls += entry.value; });
        over('event', entry => { if (entry.interactionId) bench.inp = Math.max(bench.inp, entry.duration); }, { durationThreshold: 16 });
        """;

    public IReadOnlyList<string> Ids => ["P11"];

    public async Task<IReadOnlyList<Row>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var sandbox = await bench.SandboxAsync(cancellationToken);
        var portal = await bench.PortalAsync(sandbox, Bench.Sqlite(bench.Folder), place: 0, cancellationToken);
        var visitor = await Guests.SignInAsync(portal, "developer", cancellationToken);
        await Guests.ListIsFullAsync(visitor, cancellationToken);
        await using var chromium = await Chromium.StartAsync();
        var seen = new List<(double Lcp, double Inp, double Cls)>();
        for (var round = 0; round <= (bench.IsQuick ? 3 : 15); round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            seen.Add(await UseAsync(await chromium.OpenAsync(portal, visitor)));
        }

        // The first one warmed the server up.
        seen.RemoveAt(0);
        var row = new Row
        {
            Id = "P11",
            Figure = "largest contentful paint, list of pools, 4x slower, 40 ms",
            Unit = Unit.Milliseconds,
            Portal = new Samples(seen.Select(one => one.Lcp)),
            Percentile = 75,
            Target = Target.AtMost(1000),
        };
        return
        [
            row,
            row with { Figure = "interaction to next paint", Portal = new Samples(seen.Select(one => one.Inp)), Target = Target.AtMost(100) },
            row with { Figure = "cumulative layout shift", Unit = Unit.Count, Portal = new Samples(seen.Select(one => one.Cls)), Target = Target.AtMost(0) },
        ];
    }

    /// <summary>Loads the list, opens menus and searches, as somebody would.</summary>
    private static async Task<(double Lcp, double Inp, double Cls)> UseAsync(IPage page)
    {
        await page.AddInitScriptAsync(Watch);
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("Network.enable");
        await session.SendAsync("Network.emulateNetworkConditions", new Dictionary<string, object> { ["offline"] = false, ["latency"] = 40, ["downloadThroughput"] = 1_250_000, ["uploadThroughput"] = 1_250_000 });
        await session.SendAsync("Emulation.setCPUThrottlingRate", new Dictionary<string, object> { ["rate"] = 4 });
        await page.GotoAsync("/");
        // With its first drawing the circuit puts the focus there: from then on the page listens.
        await page.WaitForFunctionAsync("() => document.activeElement?.tagName === 'H1'");
        for (var menu = 0; menu < MenusOpened; menu++)
        {
            var tools = page.Locator("row-tools").Nth(menu);
            await tools.Locator("summary").ClickAsync();
            await tools.Locator(".menu-list").WaitForAsync();
            await tools.Locator("summary").ClickAsync();
        }

        await page.Locator("#search").PressSequentiallyAsync("cluster");
        await page.WaitForFunctionAsync("() => location.search.includes('q=cluster')");
        // One frame more, in which the last entries are told.
        await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))");
        var told = await page.EvaluateAsync<double[]>("() => [bench.lcp, bench.inp, bench.cls]");
        await page.Context.CloseAsync();
        return (told[0], told[1], told[2]);
    }
}
