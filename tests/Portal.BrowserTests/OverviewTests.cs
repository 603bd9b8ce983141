using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Portal.Audit;
using Portal.DigitalOcean;
using Portal.Inventory;
using Portal.Sandbox;
using Portal.Sandbox.Control;
using Portal.Storage;

namespace Portal.BrowserTests;

/// <summary>The list of all pools, and the page of one cluster: found, filtered, sorted, kept, taken along, and read again.</summary>
public sealed class OverviewTests(Stage stage) : BrowserTest(stage)
{
    private ILocator Names => Page.Locator("table.pools tbody th");

    [Fact]
    public async Task What_is_chosen_goes_into_the_address_and_comes_back_from_it()
    {
        await SignInAsync("developer");
        await ReadyAsync();
        await Page.GetByLabel("Search name, database, user, cluster, team, owner").PressSequentiallyAsync("payments");
        await Expect(Page).ToHaveURLAsync("/?q=payments");
        await Expect(Names).ToHaveTextAsync(["legacy-etl", "payments-app"]);
        await Page.GetByLabel("Mode").SelectOptionAsync("session");
        await Expect(Page).ToHaveURLAsync("/?q=payments&mode=session");
        await Expect(Names).ToHaveTextAsync(["legacy-etl"]);

        await Page.ReloadAsync();

        await Expect(Names).ToHaveTextAsync(["legacy-etl"]);
        await Expect(Page.GetByLabel("Search name, database, user, cluster, team, owner")).ToHaveValueAsync("payments");
        await Expect(Page.GetByLabel("Mode")).ToHaveValueAsync("session");
        await ReadyAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "Clear filters" }).ClickAsync();
        await Expect(Page).ToHaveURLAsync("/");
        await Expect(Page.GetByLabel("Search name, database, user, cluster, team, owner")).ToHaveValueAsync("");
        await Expect(Names.Filter(new() { HasText = "dashboards" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_search_that_finds_nothing_is_cleared_by_one_click()
    {
        await SignInAsync("developer");
        await Page.GotoAsync("/?q=nothing-like-it&state=live");
        await Expect(Page.GetByText("Nothing found for “nothing-like-it”")).ToBeVisibleAsync();
        await Expect(Page.GetByText("Filters are set")).ToBeVisibleAsync();

        await Page.GetByRole(AriaRole.Link, new() { Name = "Show all pools" }).ClickAsync();

        await Expect(Names.Filter(new() { HasText = "payments-app" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_click_on_a_heading_sorts_and_a_second_one_turns_it_round()
    {
        await SignInAsync("developer");
        await ReadyAsync();
        var size = Page.GetByRole(AriaRole.Columnheader, new() { Name = "Size" });

        await size.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(Page).ToHaveURLAsync("/?sort=-size");
        await Expect(size).ToHaveAttributeAsync("aria-sort", "descending");
        await Expect(Names.First).ToHaveTextAsync("dashboards");

        await size.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(Page).ToHaveURLAsync("/?sort=size");
        await Expect(size).ToHaveAttributeAsync("aria-sort", "ascending");
        await Expect(Names.Last).ToHaveTextAsync("dashboards");
    }

    [Fact]
    public async Task The_file_has_what_is_filtered_and_nothing_that_a_spreadsheet_would_run_and_is_recorded()
    {
        await ManageAsync("payments-app", owner: "=cmd|' /C calc'!A0");
        await SignInAsync("developer", "/?cluster=payments-staging&sort=-size");
        await ReadyAsync();

        var file = await Page.RunAndWaitForDownloadAsync(() => Page.GetByRole(AriaRole.Link, new() { Name = "CSV" }).ClickAsync());

        file.SuggestedFilename.ShouldMatch(@"^pools-\d{8}-\d{4}\.csv$");
        var lines = (await File.ReadAllTextAsync(await file.PathAsync(), TestContext.Current.CancellationToken)).TrimStart('\uFEFF').Split("\r\n");
        lines[0].ShouldStartWith("name,cluster,read_only_replica_of,database,user,mode,size,team,owner,state");
        lines[1].ShouldStartWith("payments-app,payments-staging,,payments,payments,transaction,6,Payments,'=cmd|' /C calc'!A0,live,");
        lines[2].ShouldStartWith("legacy-etl,payments-staging,,payments,ledger,session,5,,,unmanaged,");
        lines.Length.ShouldBe(4);
        var row = Stage.Portal.Record.Last(row => row.Action == AuditAction.Exported);
        row.ActorName.ShouldBe("Dana Developer");
        JsonSerializer.Deserialize<Dictionary<string, string>>(row.Details)!.ShouldBe(
            new Dictionary<string, string> { ["cluster"] = "payments-staging", ["rows"] = "2", ["sort"] = "-size", ["what"] = "pools" }, ignoreOrder: true);
    }

    [Fact]
    public async Task Who_has_no_role_gets_no_file_and_who_is_not_signed_in_comes_to_the_door()
    {
        var nobody = await Page.APIRequest.GetAsync($"{Stage.Address}/pools.csv", new() { MaxRedirects = 0 });
        nobody.Status.ShouldBe(302);

        await Page.GotoAsync("/");
        await Page.GetByRole(AriaRole.Button, new() { Name = "outsider", Exact = true }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        var outsider = await Page.APIRequest.GetAsync($"{Stage.Address}/pools.csv", new() { MaxRedirects = 0 });
        outsider.Status.ShouldNotBe(200);
        (await outsider.TextAsync()).ShouldNotContain("payments-app");
    }

    [Fact]
    public async Task A_refresh_shows_what_somebody_made_elsewhere_and_says_so()
    {
        await SignInAsync("developer", $"/clusters/{SandboxClusters.PaymentsStaging}");
        await ReadyAsync();
        using var api = new SandboxApi(Stage.Sandbox);
        ((int)(await api.AddPoolAsync(SandboxClusters.PaymentsStaging, "made-by-hand", db: "payments", user: "payments")).Status).ShouldBe(201);

        await Page.GetByRole(AriaRole.Button, new() { Name = "Refresh" }).ClickAsync();

        await Expect(Page.GetByText("payments-staging was read again. 1 pool new.")).ToBeVisibleAsync();
        await Expect(Names.Filter(new() { HasText = "made-by-hand" })).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "Pools", Exact = true }).ClickAsync();
        await Expect(Names.Filter(new() { HasText = "made-by-hand" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_pool_that_was_made_appears_in_a_list_that_is_open_without_any_click()
    {
        await SignInAsync("developer");
        await ReadyAsync();
        using var api = new SandboxApi(Stage.Sandbox);
        ((int)(await api.AddPoolAsync(SandboxClusters.OrdersProd, "made-by-hand", db: "orders", user: "orders_app")).Status).ShouldBe(201);

        await Stage.Portal.ReadAsync(SandboxClusters.OrdersProd);

        await Expect(Names.Filter(new() { HasText = "made-by-hand" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task When_digitalocean_does_not_answer_the_list_stays_and_says_from_when_it_is()
    {
        await SignInAsync("developer", $"/clusters/{SandboxClusters.OrdersProd}");
        await ReadyAsync();
        Stage.Sandbox.Faults.Add(new Fault { Path = "/v2/*", Kind = FaultKind.Status, Status = 503, Times = 1000 });

        await Page.GetByRole(AriaRole.Button, new() { Name = "Refresh" }).ClickAsync();

        await Expect(Page.GetByText("orders-prod could not be read again.")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "Pools", Exact = true }).ClickAsync();
        await Expect(Page.GetByText("DigitalOcean's service is unavailable (status 503).").First).ToBeVisibleAsync();
        await Expect(Page.GetByText("Data from")).ToBeVisibleAsync();
        await Expect(Names.Filter(new() { HasText = "payments-app" })).ToBeVisibleAsync();

        Stage.Sandbox.Faults.Clear();
        await Page.GotoAsync($"/clusters/{SandboxClusters.OrdersProd}");
        await ReadyAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Refresh" }).ClickAsync();
        await Expect(Page.GetByText("Data from")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_replica_is_a_cluster_of_its_own_and_says_of_which_it_is_one()
    {
        await ReplicaAsync();
        await SignInAsync("developer", "/?q=analytics-read");
        await Expect(Page.GetByText("read only, replica of analytics")).ToBeVisibleAsync();
        await Expect(Names).ToHaveTextAsync(["nightly-reports"]);
        await ReadyAsync();

        await Page.Locator(".clusters").GetByRole(AriaRole.Link, new() { Name = "analytics-read" }).ClickAsync();

        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("analytics-read");
        await Expect(Page.GetByText("Read replica of analytics: apps can read here, not write.")).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "New pool here" })).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "analytics", Exact = true }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("analytics");
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "analytics-read" })).ToBeVisibleAsync();
        await Expect(Page.GetByText("No new pool here now: being resized: no changes now")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_actions_of_a_row_open_and_close_by_keyboard()
    {
        await SignInAsync("developer");
        await ReadyAsync();
        var menu = Page.Locator("summary[aria-label='Actions for payments-app']");
        await menu.FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "Resize" })).ToHaveAttributeAsync("href", $"clusters/{SandboxClusters.PaymentsStaging}/pools/payments-app/resize");
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "What is wrong?" })).ToHaveAttributeAsync("href", $"diagnose?cluster={SandboxClusters.PaymentsStaging}&pool=payments-app");
        await Page.Keyboard.PressAsync("Tab");
        await Expect(Page.Locator(".menu-list").GetByRole(AriaRole.Link, new() { Name = "Open" })).ToBeFocusedAsync();

        await Page.Keyboard.PressAsync("Escape");

        await Expect(menu).ToBeFocusedAsync();
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "Resize" })).ToBeHiddenAsync();
    }

    private async Task ReplicaAsync()
    {
        (await Stage.Portal.Of<InventoryReader>().ReadReplicasAsync(SandboxClusters.Analytics, TestContext.Current.CancellationToken)).ShouldBeNull();
        await Stage.Portal.ReadAsync(SandboxClusters.AnalyticsRead);
    }

    private async Task ManageAsync(string pool, string owner)
    {
        await using (var db = await Stage.Portal.Of<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync())
        {
            db.Add(new ManagedPool
            {
                ClusterId = SandboxClusters.PaymentsStaging,
                Name = pool,
                Team = "Payments",
                OwnerId = "test|owner",
                OwnerName = owner,
                Mode = PoolMode.Transaction,
                Size = 6,
                Database = "payments",
                User = "payments",
                ManagedSince = DateTimeOffset.UnixEpoch,
                LastChangeId = 1,
                LastChangedAt = DateTimeOffset.UnixEpoch,
            });
            await db.SaveChangesAsync();
        }

        await Stage.Portal.Of<BoardKeeper>().LoadAsync(CancellationToken.None);
    }
}
