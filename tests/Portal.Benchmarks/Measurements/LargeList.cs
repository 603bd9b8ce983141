using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Portal.Benchmarks.Results;
using Portal.Benchmarks.Stage;
using Portal.Inventory;

namespace Portal.Benchmarks.Measurements;

/// <summary>The list of a thousand clusters with twenty pools each: as quick as a small one, and without a call to DigitalOcean.</summary>
internal sealed class LargeList : IMeasurement
{
    private const double Kilobyte = 1000;
    private const int ReadAtOnce = 4;

    /// <summary>Chooses a value, and tells how long it was until the list with it was painted.</summary>
    private const string Filter = """
        ([id, value]) => new Promise(painted => {
          const field = document.getElementById(id);
          const began = performance.now();
          new MutationObserver((_, observer) => {
            observer.disconnect();
            requestAnimationFrame(() => setTimeout(() => painted(performance.now() - began)));
          }).observe(document.querySelector('.table-frame').parentElement, { childList: true, subtree: true, characterData: true });
          field.value = value;
          field.dispatchEvent(new Event('change', { bubbles: true }));
        })
        """;

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    public IReadOnlyList<string> Ids => ["P7", "P8"];

    public async Task<IReadOnlyList<Row>> MeasureAsync(Bench bench, CancellationToken cancellationToken)
    {
        var sandbox = await bench.LargeSandboxAsync(cancellationToken);
        var database = Bench.Sqlite(bench.Folder);
        // The background is silenced, so that a call which is seen was caused by somebody looking.
        string[] settings = ["--Inventory:CallsPerMinute=1", "--Inventory:CallsPerHour=1", "--Inventory:RefreshAfter=1.00:00:00"];
        var portal = await bench.PortalAsync(sandbox, database, place: 0, cancellationToken, settings);
        await ReadAllAsync(sandbox, database, cancellationToken);
        await bench.EndAsync(portal);
        portal = await bench.PortalAsync(sandbox, database, place: 0, cancellationToken, settings);
        var (template, _) = await bench.StartTemplateAsync(hasProbe: false, cancellationToken);
        var visitor = await Guests.SignInAsync(portal, "developer", cancellationToken);
        await Guests.ListIsFullAsync(visitor, cancellationToken);

        await using var chromium = await Chromium.StartAsync();
        var before = await QuietAsync(sandbox, cancellationToken);
        var pairs = await FirstVisit.PairsAsync(chromium, template, portal, visitor, bench.IsQuick ? 5 : 15, cancellationToken);
        var calls = (await sandbox.CallsAsync(before, cancellationToken)).Count;
        var filters = await FilterAsync(await chromium.OpenAsync(portal, visitor), bench.IsQuick ? 20 : 100);

        var row = new Row
        {
            Id = "P7",
            Figure = "1,000 clusters with 20,000 pools: time to first effective click",
            Unit = Unit.Milliseconds,
            Portal = new Samples(pairs.Select(pair => pair.Portal.Milliseconds)),
            Yardstick = new Samples(pairs.Select(pair => pair.Template.Milliseconds)),
            YardstickName = "template's counter",
            Target = Target.AtMostTimes(1.15),
        };
        var alone = row with { Yardstick = null, YardstickName = null };
        return
        [
            row,
            alone with
            {
                Figure = "1,000 clusters with 20,000 pools: over the socket until the page listens",
                Unit = Unit.Kilobytes,
                Portal = new Samples(pairs.Select(pair => pair.Portal.Received / Kilobyte)),
                Target = Target.AtMost(15),
            },
            alone with
            {
                Figure = "1,000 clusters with 20,000 pools: from choosing a mode to the list painted",
                Portal = new Samples(filters),
                Percentile = 95,
                Target = Target.AtMost(50),
            },
            alone with
            {
                Id = "P8",
                Figure = FormattableString.Invariant($"calls to DigitalOcean, {pairs.Count + 1} views of that list"),
                Unit = Unit.Count,
                Portal = Samples.Of(calls),
                Target = Target.AtMost(0),
            },
        ];
    }

    /// <summary>What the background would take twenty minutes for, at the rate that DigitalOcean allows.</summary>
    private static async Task ReadAllAsync(SandboxService sandbox, PortalDatabase database, CancellationToken cancellationToken)
    {
        await using var portal = PortalApp.BuildServices([$"--contentRoot={Programs.Top}", .. Bench.Settings(sandbox, database, "--Logging:LogLevel:Default=None")]);
        var reader = portal.Services.GetRequiredService<InventoryReader>();
        if (await reader.ReadClustersAsync(cancellationToken) is { } failure)
        {
            throw new InvalidOperationException($"The clusters were not read: {failure}");
        }

        var view = await portal.Services.GetRequiredService<BoardKeeper>().ViewAsync(cancellationToken);
        await Parallel.ForEachAsync(
            view.Clusters,
            new ParallelOptions { MaxDegreeOfParallelism = ReadAtOnce, CancellationToken = cancellationToken },
            async (cluster, token) =>
            {
                if (await reader.ReadPoolsAsync(cluster.Id, token) is { } missed)
                {
                    throw new InvalidOperationException($"The pools of {cluster.Name} were not read: {missed}");
                }
            });
    }

    /// <summary>Waits until the portal makes no calls any more, as it does right after its start.</summary>
    /// <returns>The number of the last one.</returns>
    private static async Task<long> QuietAsync(SandboxService sandbox, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Quiet);
        var last = -1L;
        while (true)
        {
            var now = await sandbox.LastCallAsync(cancellationToken);
            if (now == last)
            {
                return last;
            }

            last = now;
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    private static async Task<IReadOnlyList<double>> FilterAsync(IPage page, int count)
    {
        await page.GotoAsync("/");
        await page.WaitForFunctionAsync($"() => {ClickTarget.Nothing.Effect}");
        var took = new List<double>();
        for (var round = 0; round < count + 2; round++)
        {
            took.Add(await page.EvaluateAsync<double>(Filter, new[] { "filter-mode", round % 2 == 0 ? "session" : "transaction" }));
        }

        await page.Context.CloseAsync();
        return took[2..];
    }
}
