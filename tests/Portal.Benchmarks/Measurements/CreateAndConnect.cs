using System.Diagnostics;
using System.Text.Json;
using Microsoft.Playwright;
using Portal.Benchmarks.Results;
using Portal.Benchmarks.Stage;

namespace Portal.Benchmarks.Measurements;

/// <summary>From the click on <em>Create pool</em> to the connection on the page, held against the same calls by a bare client.</summary>
internal sealed class CreateAndConnect : IMeasurement
{
    /// <summary>What each call of DigitalOcean's API takes here, in milliseconds.</summary>
    private const int ApiDelay = 250;

    /// <summary>Clicks, and tells how long it was until the connection was in the page.</summary>
    private const string Create = """
        () => new Promise(shown => {
          const button = [...document.querySelectorAll('button')].find(one => one.textContent.trim() === 'Create pool');
          const began = performance.now();
          new MutationObserver((_, observer) => {
            if (document.querySelector('[data-part=masked]')) {
              observer.disconnect();
              shown(performance.now() - began);
            }
          }).observe(document.body, { childList: true, subtree: true });
          button.click();
        })
        """;

    public IReadOnlyList<string> Ids => ["P6"];

    public async Task<IReadOnlyList<Row>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var sandbox = await bench.SandboxAsync(cancellationToken);
        // The background is silenced, so that the calls which are seen are those of the change.
        var portal = await bench.PortalAsync(sandbox, Bench.Sqlite(bench.Folder), place: 0, cancellationToken, "--Inventory:RefreshAfter=1.00:00:00");
        var visitor = await Guests.SignInAsync(portal, "developer", cancellationToken);
        await Guests.ListIsFullAsync(visitor, cancellationToken);
        await using var chromium = await Chromium.StartAsync();
        var page = await chromium.OpenAsync(portal, visitor);

        var (whole, own, bare, calls) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < (bench.IsQuick ? 5 : 25); round++)
        {
            var name = FormattableString.Invariant($"bench-{round:000}");
            await FillAsync(page, name);
            await sandbox.SendAsync(HttpMethod.Post, "/sandbox/faults", new { path = "/v2/*", kind = "delay", delayMs = ApiDelay, times = 1000 }, cancellationToken);
            var since = await sandbox.LastCallAsync(cancellationToken);
            var took = await page.EvaluateAsync<double>(Create);
            var made = await sandbox.CallsAsync(since, cancellationToken);
            await DeleteAsync(sandbox, name, cancellationToken);
            var alone = await ReplayAsync(sandbox, made, name, cancellationToken);
            await DeleteAsync(sandbox, name, cancellationToken);
            // The first rounds find code that was never run.
            if (round >= 2)
            {
                whole.Add(took);
                bare.Add(alone);
                own.Add(took - alone);
                calls.Add(made.Count);
            }
        }

        var row = new Row
        {
            Id = "P6",
            Figure = "create a pool: from the click to the connection in the page, DigitalOcean answering in 250 ms",
            Unit = Unit.Milliseconds,
            Portal = new Samples(whole),
            Yardstick = new Samples(bare),
            YardstickName = "the same calls by a bare client",
            Target = Target.AtMostTimes(1.02),
        };
        return
        [
            row,
            row with { Figure = "create a pool: the portal's own part of it", Portal = new Samples(own), Yardstick = null, YardstickName = null, Target = Target.AtMost(5) },
            row with { Figure = "create a pool: calls until then", Unit = Unit.Count, Portal = new Samples(calls), Yardstick = null, YardstickName = null, Target = null },
        ];
    }

    private static async Task FillAsync(IPage page, string name)
    {
        await page.GotoAsync("/pools/new");
        var next = page.GetByRole(AriaRole.Button, new() { Name = "Continue", Exact = true });
        await Assertions.Expect(next).ToBeEnabledAsync();
        await page.GetByLabel("Cluster", new() { Exact = true }).SelectOptionAsync(Bench.OrdersProd.ToString());
        await page.GetByLabel("Database", new() { Exact = true }).SelectOptionAsync("checkout");
        await page.GetByLabel("Database user", new() { Exact = true }).SelectOptionAsync("app");
        await Assertions.Expect(page.GetByLabel("Pool name")).Not.ToHaveValueAsync("");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Transaction", Exact = true }).CheckAsync();
        await page.GetByLabel("Pool size").FillAsync("5");
        await page.GetByLabel("Pool name").FillAsync(name);
        await next.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Create pool", Exact = true })).ToBeEnabledAsync();
    }

    /// <summary>The same calls by a client that does nothing else; those at once that the portal made at once.</summary>
    private static async Task<double> ReplayAsync(SandboxService sandbox, IReadOnlyList<JsonElement> calls, string name, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        foreach (var wave in Waves(calls))
        {
            await Task.WhenAll(wave.Select(call => SendAsync(call)));
        }

        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;

        Task SendAsync(JsonElement call)
        {
            // The ledger keeps no bodies; of these calls only one has any.
            var method = HttpMethod.Parse(call.GetProperty("method").GetString());
            var body = method == HttpMethod.Post ? new { name, mode = "transaction", size = 5, db = "checkout", user = "app" } : null;
            return sandbox.SendAsync(method, call.GetProperty("path").GetString()!, body, cancellationToken);
        }
    }

    /// <summary>An answer takes as long as any other: what is noted within half of that after the first of a wave was out together with it.</summary>
    private static IEnumerable<IReadOnlyList<JsonElement>> Waves(IEnumerable<JsonElement> calls)
    {
        var (wave, began) = (new List<JsonElement>(), DateTimeOffset.MinValue);
        foreach (var call in calls.OrderBy(TimeOf))
        {
            if (wave.Count > 0 && (TimeOf(call) - began).TotalMilliseconds > ApiDelay / 2.0)
            {
                yield return wave;
                wave = [];
            }

            began = wave.Count == 0 ? TimeOf(call) : began;
            wave.Add(call);
        }

        if (wave.Count > 0)
        {
            yield return wave;
        }
    }

    private static DateTimeOffset TimeOf(JsonElement call) => call.GetProperty("time").GetDateTimeOffset();

    private static async Task DeleteAsync(SandboxService sandbox, string name, CancellationToken cancellationToken) =>
        await sandbox.SendAsync(HttpMethod.Delete, $"/v2/databases/{Bench.OrdersProd}/pools/{name}", body: null, cancellationToken);
}
