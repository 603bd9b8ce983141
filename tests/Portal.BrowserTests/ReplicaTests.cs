using System.Net;
using System.Net.NetworkInformation;
using Microsoft.Playwright;
using Portal.Sandbox;
using Portal.Sandbox.Clusters;

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
        var page = await OpenAsync(new() { BaseURL = _nginx.Address.ToString(), IgnoreHTTPSErrors = true });
        Heard(page, "WebSocket", "ERR_CONNECTION", "Connection disconnected", "ERR_EMPTY_RESPONSE", "Cannot send data", "Failed to resume", "circuit", "502");
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
        await Expect(page.GetByText("done", new() { Exact = true })).ToBeVisibleAsync();

        await StartAsync(left);
        await KillWhereThePageIsAsync(page);
        await Expect(page.GetByText("done", new() { Exact = true })).ToBeVisibleAsync();
        _sandbox.Ledger.Count(HttpMethod.Post, "/v2/databases/*/pools").ShouldBe(1, "whatever was killed, the pool was asked for once");
    }

    /// <returns>Which of the two it was.</returns>
    private async Task<int> KillWhereThePageIsAsync(IPage page)
    {
        var which = Array.FindIndex(_addresses, address => HasSocket(address.Port));
        which.ShouldBeGreaterThanOrEqualTo(0);
        await page.EvaluateAsync("() => { window.isOldPage = true; }");
        await _portals[which]!.KillAsync();
        _portals[which]!.Dispose();
        _portals[which] = null;
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
