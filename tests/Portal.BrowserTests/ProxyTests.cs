using Microsoft.Playwright;
using Portal.Sandbox;

namespace Portal.BrowserTests;

/// <summary>The portal behind nginx as it ships: below a path that it passes or takes off, and with its two lines for WebSockets forgotten.</summary>
public sealed class ProxyTests(Stage stage) : BrowserTest(stage)
{
    private const string Path = "/tools/pools";

    private Nginx _nginx = null!;
    private SandboxHost _sandbox = null!;
    private TestDatabase _database = null!;
    private PortalHost? _portal;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await (_portal?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _sandbox.DisposeAsync();
        await _nginx.DisposeAsync();
        _database.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Below_a_path_somebody_signs_in_makes_a_pool_has_its_connection_and_signs_out(bool takesPathOff)
    {
        var page = await BehindAsync(new NginxSettings { Path = Path, TakesPathOff = takesPathOff });
        await SignInAsync("developer", At("/pools/new"), page);
        var form = new NewPool(page);
        await form.ReadyAsync();
        await form.FillAsync("below-a-path");
        await form.CheckAsync();
        await Expect(page).ToHaveURLAsync(At("/pools/new?check=true"));
        await form.Create.ClickAsync();
        await Expect(page).ToHaveURLAsync(Like($"^{At("/changes/")}[0-9]+$"));

        var card = new Card(page);
        await card.Show.ClickAsync();
        await Expect(card.Shown).ToContainTextAsync("postgresql://app:");
        await card.Hide.ClickAsync();
        await card.Verify.CheckAsync();
        (await page.RunAndWaitForDownloadAsync(() => card.Certificate.ClickAsync())).Url.ShouldStartWith(At("/clusters/"));

        await page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByRole(AriaRole.Link, new() { Name = "Pools" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(At("/"));
        var search = page.GetByLabel("Search");
        await search.FillAsync("below");
        await Expect(page).ToHaveURLAsync(Like($"^{At("/")}\\?.*=below"));
        await page.ReloadAsync();
        await Expect(search).ToHaveValueAsync("below");
        await Expect(page.GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
        var csv = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "CSV" }).ClickAsync());
        csv.Url.ShouldStartWith(At("/pools.csv?"));
        (await File.ReadAllTextAsync(await csv.PathAsync(), TestContext.Current.CancellationToken)).ShouldContain("below-a-path");
        await page.GetByRole(AriaRole.Link, new() { Name = "below-a-path" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(At($"/clusters/{SandboxClusters.OrdersProd}/pools/below-a-path"));

        await page.Locator("details.menu > summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(At("/signed-out"));
    }

    [Fact]
    public async Task Below_a_path_whose_session_has_ended_comes_back_to_the_page()
    {
        var page = await BehindAsync(new NginxSettings { Path = Path });
        await SignInAsync("developer", At("/pools/new"), page);
        var form = new NewPool(page);
        await form.ReadyAsync();
        var card = await MakeAsync(form, page);
        var address = page.Url;
        await page.Context.ClearCookiesAsync();

        await card.Show.ClickAsync();
        await card.Alert.GetByRole(AriaRole.Link, new() { Name = "Sign in again" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "developer", Exact = true }).ClickAsync();

        await Expect(page).ToHaveURLAsync(address);
        Heard(page, "401");
    }

    [Fact]
    public async Task Without_web_sockets_a_page_says_what_is_wrong_and_does_not_claim_to_be_broken()
    {
        var page = await BehindAsync(new NginxSettings { PassesWebSockets = false });
        Heard(page, "WebSocket", "400", "Failed to start the connection", "Error: ");
        await SignInAsync("developer", At("/"), page);

        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "passes no WebSockets" })).ToHaveTextAsync(
            "The portal answers, but its pages cannot connect: something between you and it passes no WebSockets. Tell the people who run the portal.");
        await Expect(page.Locator("#blazor-error-ui")).ToBeHiddenAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Try now" })).ToBeVisibleAsync();
        var inspection = new Inspection();
        await inspection.LookAsync(page, "without WebSockets");
        inspection.Violations.ShouldBeEmpty();
    }

    private static async Task<Card> MakeAsync(NewPool form, IPage page)
    {
        await form.FillAsync("come-back");
        await form.CheckAsync();
        await form.Create.ClickAsync();
        var card = new Card(page);
        await Expect(card.Copy).ToBeVisibleAsync();
        return card;
    }

    private string At(string page) => _nginx.Address.ToString().TrimEnd('/') + page;

    private async Task<IPage> BehindAsync(NginxSettings settings)
    {
        var portal = new Uri($"http://127.0.0.1:{Stage.FreePort()}");
        _nginx = await Nginx.StartAsync(settings, portal);
        _sandbox = await SandboxHost.StartAsync(
            new SandboxOptions { Live = false, PortalUrls = _nginx.Address.ToString().TrimEnd('/'), RequestsPerMinute = 1_000_000, RequestsPerHour = 1_000_000 },
            TestContext.Current.CancellationToken);
        _database = TestDatabase.Sqlite();
        _portal = await PortalHost.StartAsync(_sandbox, _database, set =>
        {
            set["urls"] = portal.ToString();
            set["Access:PublicUrl"] = _nginx.Address.ToString();
            set["Access:Proxies:0"] = "127.0.0.1";
        });
        await _portal.ReadAsync(SandboxClusters.OrdersProd);
        return await OpenAsync(new() { IgnoreHTTPSErrors = true });
    }
}
