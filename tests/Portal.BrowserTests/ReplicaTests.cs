using System.Net;
using System.Net.NetworkInformation;
using Microsoft.Playwright;
using Portal.Sandbox;
using Portal.Sandbox.Clusters;
using Portal.Sandbox.Control;

namespace Portal.BrowserTests;

/// <summary>Two portals on one PostgreSQL behind nginx, as an operator runs them, and somebody at work when one is killed.</summary>
public sealed class ReplicaTests(Stage stage) : BrowserTest(stage)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private readonly Uri[] _addresses = [Loopback(), Loopback()];
    private readonly PortalProcess?[] _portals = [null, null];
    private Nginx _nginx = null!;
    private SandboxHost _sandbox = null!;
    private TestDatabase _database = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _nginx = await Nginx.StartAsync(_addresses);
        _sandbox = await SandboxHost.StartAsync(
            new SandboxOptions { Live = false, PortalUrls = _nginx.Address.ToString().TrimEnd('/'), RequestsPerMinute = 1_000_000, RequestsPerHour = 1_000_000 },
            TestContext.Current.CancellationToken);
        _database = await TestDatabase.PostgreSqlAsync(Stage.Sandbox);
        await Task.WhenAll(StartAsync(0), StartAsync(1));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        foreach (var portal in _portals)
        {
            portal?.Dispose();
        }

        await _sandbox.DisposeAsync();
        await _nginx.DisposeAsync();
        _database.Dispose();
    }

    [Fact]
    public async Task Who_works_at_a_portal_that_is_killed_is_back_at_the_other_with_what_they_typed()
    {
        var page = await OpenThroughNginxAsync();
        await SignInAsync("developer", "/pools/new", page);
        var form = new NewPool(page);
        await form.ReadyAsync();
        await form.FillAsync("moved-over");
        await form.CheckAsync();
        await page.GoBackAsync();
        await form.ReadyAsync();

        var left = await KillWhereThePageIsAsync(page);
        await form.ReadyAsync();
        await Expect(form.Name).ToHaveValueAsync("moved-over");
        await form.CheckAsync();
        await form.Create.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("moved-over");
        await Expect(Done(page)).ToBeVisibleAsync();

        await StartAsync(left);
        await KillWhereThePageIsAsync(page);
        await Expect(Done(page)).ToBeVisibleAsync();
        Created("moved-over").ShouldBe(1);
    }

    [Fact]
    public async Task Portals_that_are_killed_and_stopped_one_after_the_other_under_load_lose_nothing_and_nobody()
    {
        (string Account, string Pool)[] people = [("developer", "rolled-one"), ("lead", "rolled-two"), ("lead3", "rolled-three")];
        List<IPage> pages = [];
        foreach (var (account, pool) in people)
        {
            var page = await OpenThroughNginxAsync();
            await SignInAsync(account, "/pools/new", page);
            var form = new NewPool(page);
            await form.ReadyAsync();
            await form.FillAsync(pool);
            await form.CheckAsync();
            pages.Add(page);
        }

        using var enough = new CancellationTokenSource();
        var load = pages.Select(page => LoadAsync(page, enough.Token)).ToList();
        _sandbox.Faults.Add(new Fault { Method = "POST", Path = "/v2/databases/*/pools", Kind = FaultKind.Delay, DelayMs = 1500, Times = 100 });
        await Task.WhenAll(pages.Select(page => new NewPool(page).Create.ClickAsync()));
        foreach (var page in pages)
        {
            await Expect(page).ToHaveURLAsync(Like("/changes/"));
        }

        await MarkAsync(pages);
        await KillAsync(0);
        await StartAsync(0);
        await StopAsync(1);
        await AreBackAsync(pages);

        await StartAsync(1);
        await MarkAsync(pages);
        await StopAsync(0);
        await AreBackAsync(pages);

        await enough.CancelAsync();
        (await Task.WhenAll(load)).ShouldAllBe(answers => answers > 0);
        foreach (var (_, pool) in people)
        {
            Created(pool).ShouldBe(1, pool);
        }
    }

    private async Task<IPage> OpenThroughNginxAsync()
    {
        var page = await OpenAsync(new() { BaseURL = _nginx.Address.ToString(), IgnoreHTTPSErrors = true });
        Heard(page, "WebSocket", "ERR_CONNECTION", "Connection disconnected", "ERR_EMPTY_RESPONSE", "Cannot send data", "Failed to resume", "circuit");
        return page;
    }

    private static ILocator Done(IPage page) => page.GetByText("done", new() { Exact = true });

    private int Created(string pool) => _sandbox.Ledger.Entries.Count(entry => entry.Pool == pool && entry.Effect is Effect.Created);

    private static async Task MarkAsync(IReadOnlyList<IPage> pages)
    {
        foreach (var page in pages)
        {
            await page.EvaluateAsync("() => { window.isOldPage = true; }");
        }
    }

    /// <summary>Every page was loaded again, is there with its change done, and listens: its circuit has put the focus on the heading.</summary>
    private static async Task AreBackAsync(IReadOnlyList<IPage> pages)
    {
        foreach (var page in pages)
        {
            await page.WaitForFunctionAsync("() => !window.isOldPage");
            await Expect(Done(page)).ToBeVisibleAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();
        }
    }

    /// <summary>Loads pages with the session of somebody, one after the other, each of which has to come.</summary>
    /// <returns>How many came.</returns>
    private async Task<int> LoadAsync(IPage page, CancellationToken enough)
    {
        using var browser = _nginx.Browser(out var cookies);
        foreach (var cookie in await page.Context.CookiesAsync([_nginx.Address.ToString()]))
        {
            cookies.Add(_nginx.Address, new System.Net.Cookie(cookie.Name, cookie.Value));
        }

        for (var answers = 0; ; answers++)
        {
            try
            {
                using var answer = await browser.GetAsync(new Uri(answers % 2 == 0 ? "/" : "/changes", UriKind.Relative), enough);
                answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            }
            catch (OperationCanceledException) when (enough.IsCancellationRequested)
            {
                return answers;
            }
        }
    }

    private async Task KillAsync(int which)
    {
        await _portals[which]!.KillAsync();
        _portals[which]!.Dispose();
        _portals[which] = null;
    }

    private async Task StopAsync(int which)
    {
        await _portals[which]!.TerminateAsync();
        await _portals[which]!.WaitForExitAsync(Soon);
        _portals[which]!.ExitCode.ShouldBe(0);
        _portals[which]!.Dispose();
        _portals[which] = null;
    }

    /// <returns>Which of the two it was.</returns>
    private async Task<int> KillWhereThePageIsAsync(IPage page)
    {
        var which = Array.FindIndex(_addresses, address => HasSocket(address.Port));
        which.ShouldBeGreaterThanOrEqualTo(0);
        await MarkAsync([page]);
        await KillAsync(which);
        await page.WaitForFunctionAsync("() => !window.isOldPage");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();
        return which;
    }

    private async Task StartAsync(int which)
    {
        _portals[which] = PortalProcess.Start(_sandbox, _database, settings =>
        {
            // The teams are those of the sandbox run, which lie beside the tests.
            foreach (var key in settings.Keys.Where(key => key.StartsWith("Teams:", StringComparison.Ordinal)).ToList())
            {
                settings.Remove(key);
            }

            settings["urls"] = _addresses[which].ToString();
            settings["Access:PublicUrl"] = _nginx.Address.ToString();
        });
        using var http = new HttpClient();
        await Eventually.BecomesTrueAsync(
            "the portal is ready",
            async () =>
            {
                _portals[which]!.HasExited.ShouldBeFalse("the portal has ended");
                try
                {
                    using var answer = await http.GetAsync(new Uri(_addresses[which], "/health/ready"), TestContext.Current.CancellationToken);
                    return answer.StatusCode is HttpStatusCode.OK;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            Soon);
    }

    // nginx keeps no connection to a portal but those of open pages.
    private static bool HasSocket(int port) => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections()
        .Any(connection => connection.LocalEndPoint.Port == port && connection.State is TcpState.Established);

    private static Uri Loopback() => new($"http://127.0.0.1:{FreePorts.Next()}");
}
