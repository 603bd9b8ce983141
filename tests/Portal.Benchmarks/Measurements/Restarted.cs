using Microsoft.Playwright;
using Portal.Benchmarks.Circuits;
using Portal.Benchmarks.Results;
using Portal.Benchmarks.Stage;

namespace Portal.Benchmarks.Measurements;

/// <summary>A server is killed and started again under an open page: until a click on that page has an effect again.</summary>
internal sealed class Restarted : IMeasurement
{
    public IReadOnlyList<string> Ids => ["P9"];

    public async Task<IReadOnlyList<Row>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var sandbox = await bench.SandboxAsync(cancellationToken);
        var database = Bench.Sqlite(bench.Folder);
        var portal = await bench.PortalAsync(sandbox, database, place: 0, cancellationToken);
        var visitor = await Guests.SignInAsync(portal, "developer", cancellationToken);
        await Guests.ListIsFullAsync(visitor, cancellationToken);
        var (template, _) = await bench.StartTemplateAsync(hasProbe: false, cancellationToken);
        await using var chromium = await Chromium.StartAsync();

        var (portals, templates) = (new List<double>(), new List<double>());
        for (var round = 0; round < (bench.IsQuick ? 3 : 20); round++)
        {
            (template, var took) = await MeasureAsync(template, who: null, "/counter", ClickTarget.Counter, async site => (await bench.StartTemplateAsync(hasProbe: false, cancellationToken, site.Address.Port)).Template);
            templates.Add(took);
            (portal, took) = await MeasureAsync(portal, visitor, "/", ClickTarget.State, _ => bench.PortalAsync(sandbox, database, place: 0, cancellationToken));
            portals.Add(took);
        }

        var row = new Row
        {
            Id = "P9",
            Figure = "server killed and started again, until the page is usable",
            Unit = Unit.Milliseconds,
            Portal = new Samples(portals),
            Yardstick = new Samples(templates),
            YardstickName = "template, its reconnection as it is",
            Percentile = 95,
            Target = Target.AtMostTimes(0.35),
            Note = "from SIGKILL on; the next process is started at once, so its start is in it. The template goes by the reconnection of its script, without the notice of its own that needs another script",
        };
        return [row, row with { Yardstick = null, YardstickName = null, Target = Target.AtMost(2000) }];

        async Task<(Service Started, double Took)> MeasureAsync(Service site, Visitor? who, string address, ClickTarget target, Func<Service, Task<Service>> startAgain)
        {
            var page = await chromium.OpenAsync(site, who, target);
            await page.GotoAsync(address);
            await page.WaitForFunctionAsync("() => window.benchAt");
            if (who is null)
            {
                // The template's own notice listens to an event that only the script of .NET 10 has; without it the script does by itself what it can.
                await page.EvaluateAsync("() => document.getElementById('components-reconnect-modal')?.remove()");
            }

            await site.KillAsync();
            var killed = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
            await bench.EndAsync(site);
            var started = await startAgain(site);
            var usable = await page.WaitForFunctionAsync("since => window.benchAt > since && window.benchAt", killed, new PageWaitForFunctionOptions { PollingInterval = 20 });
            var took = await usable.JsonValueAsync<double>() - killed;
            await page.Context.CloseAsync();
            return (started, took);
        }
    }
}
