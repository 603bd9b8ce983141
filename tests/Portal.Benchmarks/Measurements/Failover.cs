using Microsoft.Playwright;
using Portal.Benchmarks.Results;
using Portal.Benchmarks.Stage;

namespace Portal.Benchmarks.Measurements;

/// <summary>Of two portals behind nginx the one is killed that somebody's page lives on: until a choice on that page has an effect at the other.</summary>
internal sealed class Failover : IMeasurement
{
    public IReadOnlyList<string> Ids => ["failover"];

    public async Task<IReadOnlyList<Row>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var sandbox = await bench.SandboxAsync(cancellationToken);
        var database = await bench.PostgreSqlAsync(cancellationToken);
        var portals = new List<Service>();
        for (var place = 0; place < 2; place++)
        {
            portals.Add(await bench.PortalAsync(sandbox, database, place, cancellationToken, bench.Proxy.Settings));
        }

        var proxy = await bench.ProxyAsync(portals, cancellationToken);
        await using var chromium = await Chromium.StartAsync();
        var took = new List<double>();
        for (var round = 0; round < (bench.IsQuick ? 3 : 20); round++)
        {
            var page = await chromium.OpenAsync(proxy, visitor: null, ClickTarget.State);
            await page.GotoAsync("/");
            await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "developer", Exact = true }).ClickAsync();
            await page.WaitForFunctionAsync("() => window.benchAt");
            // By the cookie that it has got, nginx leads all of its requests to the same portal.
            var answer = await page.APIRequest.GetAsync("/health/live");
            var place = portals.FindIndex(portal => portal.Address.Port == new Uri($"http://{answer.Headers[ReverseProxy.Portal.ToLowerInvariant()]}").Port);

            await portals[place].KillAsync();
            var killed = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
            var usable = await page.WaitForFunctionAsync("since => window.benchAt > since && window.benchAt", killed, new PageWaitForFunctionOptions { PollingInterval = 20 });
            took.Add(await usable.JsonValueAsync<double>() - killed);
            await page.Context.CloseAsync();
            await bench.EndAsync(portals[place]);
            portals[place] = await bench.PortalAsync(sandbox, database, place, cancellationToken, bench.Proxy.Settings);
        }

        return
        [
            new Row
            {
                Id = "failover",
                Figure = "one of two portals killed, until its page is usable at the other",
                Unit = Unit.Milliseconds,
                Portal = new Samples(took),
                Percentile = 95,
                Target = Target.AtMost(3000),
                Note = "from SIGKILL on, behind nginx with deploy/nginx, the page loaded again by itself",
            },
        ];
    }
}
