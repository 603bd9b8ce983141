using Microsoft.Playwright;
using Portal.Changes;
using Portal.Inventory;
using Portal.Sandbox;

namespace Portal.BrowserTests;

/// <summary>The form of a portal with a thousand clusters: its own sandbox and portal, beside the stage's.</summary>
public sealed class ManyClustersTests(Stage stage) : BrowserTest(stage)
{
    private readonly TestDatabase _database = TestDatabase.Sqlite();
    private SandboxHost _sandbox = null!;
    private PortalHost _portal = null!;
    private IPage _page = null!;
    private NewPool _form = null!;

    private ILocator Find => _page.GetByLabel("Find a cluster");

    private ILocator Found => _page.GetByRole(AriaRole.Status).Filter(new() { HasText = "cluster" });

    private ILocator Listed => _form.Cluster.GetByRole(AriaRole.Option);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var port = Stage.FreePort();
        _sandbox = await SandboxHost.StartAsync(
            new SandboxOptions { Clusters = 1000, Live = false, RequestsPerMinute = 1_000_000, RequestsPerHour = 1_000_000, PortalUrls = $"http://localhost:{port}" },
            CancellationToken.None);
        _portal = await PortalHost.StartAsync(_sandbox, _database, settings => settings["urls"] = $"http://localhost:{port}");
        (await _portal.Of<InventoryReader>().ReadClustersAsync(CancellationToken.None)).ShouldBeNull();
        _page = await OpenAsync(new BrowserNewContextOptions { BaseURL = $"http://localhost:{port}" });
        await SignInAsync("developer", page: _page);
        _form = new NewPool(_page);
        await _form.OpenAsync();
        // The first drawing of the circuit puts the focus there: what is typed before goes astray.
        await Expect(_page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _portal.DisposeAsync();
        await _sandbox.DisposeAsync();
        _database.Dispose();
    }

    [Fact]
    public async Task One_of_a_thousand_is_found_by_a_part_of_its_name_and_gets_its_pool()
    {
        await Expect(Found).ToHaveTextAsync("1,004 clusters. The first 50 are listed below.");
        await Expect(Listed).ToHaveCountAsync(51);

        await Find.FillAsync("0742");
        await Expect(Found).ToHaveTextAsync("1 of 1,004 clusters match.");
        await _form.FillAsync("of-a-thousand", "5", cluster: SandboxClusters.Extra(742), database: "app", user: "app");
        await Find.FillAsync("orders");
        await Expect(Found).ToHaveTextAsync("1 of 1,004 clusters match.");
        await Expect(Listed).ToHaveCountAsync(3);
        await Expect(_form.Cluster).ToHaveValueAsync(SandboxClusters.Extra(742).ToString());
        await _form.CheckAsync();
        await _form.Create.ClickAsync();
        await Expect(_page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("of-a-thousand");

        _portal.ReadAll<PoolChange>().ShouldHaveSingleItem().ClusterName.ShouldBe("cluster-0742");
    }

    [Fact]
    public async Task Enter_takes_the_only_match_and_does_not_send_the_form()
    {
        await Find.FocusAsync();
        await _page.Keyboard.TypeAsync("orders-prod");
        await Expect(Find).ToHaveValueAsync("orders-prod");
        await Expect(Found).ToHaveTextAsync("1 of 1,004 clusters match.");
        await _page.Keyboard.PressAsync("Enter");

        await Expect(_form.Cluster).ToHaveValueAsync(SandboxClusters.OrdersProd.ToString());
        await Expect(_form.Database.GetByRole(AriaRole.Option, new() { Name = "checkout" })).ToBeAttachedAsync();
        await Expect(_form.Errors).ToHaveCountAsync(0);
        await Expect(Find).ToBeFocusedAsync();
    }

    [Fact]
    public async Task It_is_for_everybody()
    {
        var inspection = new Inspection();
        await inspection.LookAsync(_page, "form, a thousand clusters");
        await Find.FillAsync("no-such-cluster");
        await Expect(Found).ToContainTextAsync("No cluster matches.");
        await inspection.LookAsync(_page, "form, no cluster found");

        inspection.Violations.ShouldBeEmpty();
    }
}
