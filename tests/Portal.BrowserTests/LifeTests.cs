using Microsoft.Playwright;
using Npgsql;
using Portal.Sandbox;
using Portal.Sandbox.Control;

namespace Portal.BrowserTests;

/// <summary>What happens to a pool after it was made: another size, another mode, a drift, an adoption, a new password, its end.</summary>
public sealed class LifeTests(Stage stage) : BrowserTest(stage)
{
    private readonly Inspection _inspection = new();

    private static string AddressOf(string pool, string page = "") => $"/clusters/{SandboxClusters.OrdersProd}/pools/{pool}{page}";

    [Fact]
    public async Task A_pool_is_resized_and_takes_connections_with_the_same_string()
    {
        await SignInAsync("developer");
        var card = await new NewPool(Page).MakeAsync("life-size");
        await card.CopyAsync();
        var before = await PasteAsync();
        await Page.GotoAsync(AddressOf("life-size"));
        await Page.GetByRole(AriaRole.Link, new() { Name = "Change size" }).ClickAsync();
        await ReadyAsync();
        await Page.GetByLabel("Pool size").FillAsync("98");
        await Button("Change size").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "There is a problem" })).ToContainTextAsync("Pool size must be 97 or fewer");
        await _inspection.LookAsync(Page, "resize, with an error");
        await Page.GetByLabel("Pool size").FillAsync("9");
        await Expect(Row("Pool size")).ToContainTextAsync("9");
        await _inspection.LookAsync(Page, "resize");

        await Button("Change size").ClickAsync();

        await DoneAsync("life-size on orders-prod");
        (await Server.PoolAsync(Stage.Sandbox, SandboxClusters.OrdersProd, "life-size"))["pool_size"].ShouldBe("9");
        (await Server.QueryAsync(Server.Read(before, "").ConnectionString, "SELECT current_user || ' in ' || current_database()")).ShouldBe("app in checkout");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Open the pool" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Region, new() { Name = "History" })).ToContainTextAsync("pool size 5 → 9");
        await _inspection.LookAsync(Page, "pool, with history");
        _inspection.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_resize_whose_answer_is_lost_half_way_is_found_and_said_so()
    {
        await SignInAsync("developer");
        await new NewPool(Page).MakeAsync("life-lost");
        await OpenAsync("life-lost", "/resize");
        await Page.GetByLabel("Pool size").FillAsync("7");
        Stage.Sandbox.Faults.Add(new Fault { Method = "PUT", Path = "/v2/databases/*/pools/*", Kind = FaultKind.DropAfter });

        await Button("Change size").ClickAsync();

        await DoneAsync("life-lost on orders-prod");
        await Expect(Page.GetByText("The answer of DigitalOcean was lost on the way; the pool is as it was asked for.")).ToBeVisibleAsync();
        Stage.Sandbox.Ledger.Count(HttpMethod.Put, "/v2/databases/*/pools/life-lost").ShouldBe(1);
    }

    [Fact]
    public async Task A_size_above_the_rules_says_before_it_is_sent_that_a_lead_decides()
    {
        await SignInAsync("developer");
        await new NewPool(Page).MakeAsync("life-review");
        await OpenAsync("life-review", "/resize");
        await Page.GetByLabel("Pool size").FillAsync("40");

        await Expect(Page.GetByText("40 is more than the 19 that are given at once on orders-prod")).ToBeVisibleAsync();
        await Button("Send for review").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "There is a problem" })).ToContainTextAsync("Enter a reason");
        await Page.GetByLabel("Reason").FillAsync("the sale");
        await Button("Send for review").ClickAsync();

        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Waiting for review");
    }

    [Fact]
    public async Task A_mode_is_changed_after_the_pools_name_was_typed()
    {
        await SignInAsync("developer");
        await new NewPool(Page).MakeAsync("life-mode");
        await OpenAsync("life-mode", "/edit");
        await Page.GetByRole(AriaRole.Radio, new() { Name = "Session", Exact = true }).CheckAsync();
        await Expect(Page.GetByText("Each client then holds a server connection")).ToBeVisibleAsync();
        await Button("Change pool").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "There is a problem" })).ToContainTextAsync("Type life-mode to confirm");
        await _inspection.LookAsync(Page, "edit, with an error");
        await Page.GetByLabel("Pool name").FillAsync("life-mode");

        await Button("Change pool").ClickAsync();

        await DoneAsync("life-mode on orders-prod");
        (await Server.PoolAsync(Stage.Sandbox, SandboxClusters.OrdersProd, "life-mode"))["pool_mode"].ShouldBe("session");
        _inspection.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_pool_is_deleted_and_created_again_as_it_was()
    {
        await SignInAsync("developer");
        var card = await new NewPool(Page).MakeAsync("life-end", "Session");
        await card.CopyAsync();
        var text = await PasteAsync();
        await OpenAsync("life-end", "/delete");
        await Expect(Page.GetByRole(AriaRole.Region, new() { Name = "Who has the connection" })).ToContainTextAsync("Dana Developer");
        await _inspection.LookAsync(Page, "delete");
        await Page.GetByLabel("Pool name").FillAsync("life-end");

        await Button("Delete pool life-end").ClickAsync();

        await DoneAsync("life-end was deleted from orders-prod");
        var refused = await Should.ThrowAsync<PostgresException>(() => Server.QueryAsync(Server.Read(text, "").ConnectionString, "SELECT 1"));
        refused.MessageText.ShouldContain("no such database: life-end");
        await _inspection.LookAsync(Page, "change, deleted");

        await Page.GotoAsync(AddressOf("life-end"));
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("life-end is not on orders-prod");
        await _inspection.LookAsync(Page, "pool, gone");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Create it again as it was" }).ClickAsync();
        var form = new NewPool(Page);
        await form.ReadyAsync();
        await Expect(form.Name).ToHaveValueAsync("life-end");
        await Expect(form.Mode("Session")).ToBeCheckedAsync();
        await form.CheckAsync();
        await form.Create.ClickAsync();
        await Expect(new Card(Page).Copy).ToBeVisibleAsync();
        (await Server.QueryAsync(Server.Read(text, "").ConnectionString, "SELECT current_user")).ShouldBe("app");
        _inspection.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task Somebody_who_changes_the_pool_in_the_panel_while_the_form_is_open_is_found_out()
    {
        await SignInAsync("developer");
        await new NewPool(Page).MakeAsync("life-panel");
        await OpenAsync("life-panel", "/delete");
        await InThePanelAsync("life-panel", new { mode = "session", size = 5, db = "checkout", user = "app" });
        await Page.GetByLabel("Pool name").FillAsync("life-panel");

        await Button("Delete pool life-panel").ClickAsync();

        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Somebody else changed life-panel on orders-prod");
        await Expect(Page.GetByText("It was not deleted.")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Give up" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("life-panel was not deleted from orders-prod");
        (await Server.PoolAsync(Stage.Sandbox, SandboxClusters.OrdersProd, "life-panel"))["pool_mode"].ShouldBe("session");
    }

    [Theory]
    [InlineData("life-fault-edit", "edit", "Change pool", "PUT")]
    [InlineData("life-fault-back", "edit?putback=true", "Put it back", "PUT")]
    [InlineData("life-fault-end", "delete", "Delete pool life-fault-end", "DELETE")]
    public async Task What_digitalocean_answers_with_an_error_and_does_all_the_same_is_found(string pool, string page, string verb, string method)
    {
        await SignInAsync("developer");
        await new NewPool(Page).MakeAsync(pool);
        if (page.EndsWith("putback=true", StringComparison.Ordinal))
        {
            await InThePanelAsync(pool, new { mode = "session", size = 8, db = "checkout", user = "app" });
        }

        await OpenAsync(pool, $"/{page}");
        if (verb is "Change pool")
        {
            await Page.GetByRole(AriaRole.Radio, new() { Name = "Session", Exact = true }).CheckAsync();
        }

        await Page.GetByLabel("Pool name").FillAsync(pool);
        Stage.Sandbox.Faults.Add(new Fault { Method = method, Path = "/v2/databases/*/pools/*", Kind = FaultKind.StatusAfterEffect, Status = 503 });

        await Button(verb).ClickAsync();

        await Expect(Page.GetByText("The answer of DigitalOcean was lost on the way")).ToBeVisibleAsync();
        Stage.Sandbox.Ledger.Entries.Count(entry => entry.Method == method && entry.Pool == pool && entry.Status == 503).ShouldBe(1);
    }

    [Fact]
    public async Task An_adoption_waits_while_digitalocean_does_not_answer_and_then_goes_on()
    {
        await SignInAsync("lead");
        await Page.GotoAsync($"/clusters/{SandboxClusters.PaymentsStaging}/pools/legacy-etl/adopt");
        // Not the fieldset itself: Playwright takes only what is inside of a disabled one for disabled.
        await Expect(Page.Locator("fieldset.plain textarea")).ToBeEnabledAsync();
        Stage.Sandbox.Faults.Add(new Fault { Method = "GET", Path = "/v2/databases/*", Kind = FaultKind.Status, Status = 500, Times = 12 });

        await Button("Adopt pool").ClickAsync();

        await DoneAsync("legacy-etl on payments-staging");
    }

    [Fact]
    public async Task A_drift_is_shown_field_by_field_and_put_back()
    {
        await SignInAsync("developer");
        await new NewPool(Page).MakeAsync("life-drift");
        await InThePanelAsync("life-drift", new { mode = "session", size = 8, db = "checkout", user = "app" });
        await Page.GotoAsync(AddressOf("life-drift"));
        var drift = Page.GetByRole(AriaRole.Region, new() { Name = "Changed outside the portal" });
        await Expect(drift.GetByRole(AriaRole.Row).Filter(new() { HasText = "Pool size" })).ToContainTextAsync("5");
        await Expect(drift.GetByRole(AriaRole.Row).Filter(new() { HasText = "Pool size" })).ToContainTextAsync("8");
        await Expect(drift.GetByRole(AriaRole.Link, new() { Name = "Take over" })).ToHaveCountAsync(0);
        await _inspection.LookAsync(Page, "pool, drifted");

        await drift.GetByRole(AriaRole.Link, new() { Name = "Put back" }).ClickAsync();
        await ReadyAsync();
        await Page.GetByLabel("Pool name").FillAsync("life-drift");
        await Button("Put it back").ClickAsync();

        await DoneAsync("life-drift on orders-prod");
        var pool = await Server.PoolAsync(Stage.Sandbox, SandboxClusters.OrdersProd, "life-drift");
        pool["pool_mode"].ShouldBe("transaction");
        pool["pool_size"].ShouldBe("5");
        _inspection.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_lead_takes_over_a_drift_and_adopts_a_pool_made_elsewhere()
    {
        await SignInAsync("developer");
        await new NewPool(Page).MakeAsync("life-taken");
        await InThePanelAsync("life-taken", new { mode = "transaction", size = 8, db = "checkout", user = "app" });
        var lead = await OpenAsync();
        await SignInAsync("lead", page: lead);
        await lead.GotoAsync(AddressOf("life-taken"));
        await lead.GetByRole(AriaRole.Link, new() { Name = "Take over" }).ClickAsync();
        await lead.GetByRole(AriaRole.Button, new() { Name = "Take over", Exact = true }).ClickAsync();
        await Expect(lead.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("life-taken on orders-prod");
        await lead.GotoAsync(AddressOf("life-taken"));
        await Expect(lead.GetByText("live", new() { Exact = true })).ToBeVisibleAsync();

        var legacy = $"/clusters/{SandboxClusters.PaymentsStaging}/pools/legacy-etl";
        await Page.GotoAsync(legacy);
        await Expect(Page.GetByText("A lead of the team whose it is, or an admin, can adopt it.")).ToBeVisibleAsync();
        await lead.GotoAsync(legacy);
        await lead.GetByRole(AriaRole.Link, new() { Name = "Adopt it" }).ClickAsync();
        await Expect(lead.GetByLabel("Team")).ToHaveValueAsync("Payments");
        await _inspection.LookAsync(lead, "adopt");
        await lead.GetByRole(AriaRole.Button, new() { Name = "Adopt pool" }).ClickAsync();
        await Expect(new Card(lead).Copy).ToBeVisibleAsync();
        _inspection.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_password_that_leaked_is_reset_by_a_lead_and_the_old_one_opens_nothing()
    {
        await SignInAsync("developer");
        var card = await new NewPool(Page).MakeAsync("life-leak", user: "checkout");
        await card.CopyAsync();
        var old = Server.Read(await PasteAsync(), "");
        var lead = await OpenAsync();
        await SignInAsync("lead", page: lead);
        await lead.GotoAsync(AddressOf("life-leak"));
        await lead.GetByRole(AriaRole.Link, new() { Name = "Leaked?" }).ClickAsync();
        await Expect(lead.GetByRole(AriaRole.Region, new() { Name = "Who has the connection" })).ToContainTextAsync("Dana Developer");
        await lead.GetByLabel("Database user").FillAsync("checkout");
        await _inspection.LookAsync(lead, "leaked");
        await lead.GetByRole(AriaRole.Button, new() { Name = "Reset password of checkout" }).ClickAsync();
        await Expect(lead.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Asked DigitalOcean" })).ToContainTextAsync("(done)");

        (await Should.ThrowAsync<NpgsqlException>(() => Server.QueryAsync(old.ConnectionString, "SELECT 1"))).Message.ShouldContain("authentication failed");
        await Page.GotoAsync(AddressOf("life-leak"));
        await card.CopyAsync();
        var fresh = Server.Read(await PasteAsync(), "");
        fresh.Password.ShouldNotBe(old.Password);
        (await Server.QueryAsync(fresh.ConnectionString, "SELECT current_user")).ShouldBe("checkout");
        _inspection.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_team_finds_no_form_on_any_of_the_pages()
    {
        await SignInAsync("developer");
        await new NewPool(Page).MakeAsync("life-closed");
        var other = await OpenAsync();
        await SignInAsync("developer2", page: other);
        foreach (var page in new[] { "/resize", "/edit", "/delete", "/password" })
        {
            await other.GotoAsync(AddressOf("life-closed", page));
            await Expect(other.GetByRole(AriaRole.Link, new() { Name = "Back to the pool" })).ToBeVisibleAsync();
            await Expect(other.Locator("form").Filter(new() { Has = other.Locator("[type=submit]") }).Filter(new() { HasText = "Cancel" })).ToHaveCountAsync(0);
        }

        await _inspection.LookAsync(other, "form, not allowed");
        await other.GotoAsync(AddressOf("life-closed"));
        await Expect(other.GetByText("This belongs to the team Payments.").First).ToBeVisibleAsync();
        await Expect(other.GetByRole(AriaRole.Link, new() { Name = "Change size" })).ToHaveCountAsync(0);
        _inspection.Violations.ShouldBeEmpty();
    }

    private ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private ILocator Row(string label) => Page.GetByRole(AriaRole.Region, new() { Name = "Before and after" }).GetByRole(AriaRole.Row).Filter(new() { HasText = label });

    private async Task OpenAsync(string pool, string page)
    {
        await Page.GotoAsync(AddressOf(pool, page));
        // Not the fieldset itself: Playwright takes only what is inside of a disabled one for disabled.
        await Expect(Page.Locator("fieldset.plain textarea")).ToBeEnabledAsync();
    }

    private Task DoneAsync(string heading) => Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(heading);

    private async Task InThePanelAsync(string pool, object fields)
    {
        using var api = new SandboxApi(Stage.Sandbox);
        ((int)(await api.PutAsync(SandboxApi.Pool(SandboxClusters.OrdersProd, pool), fields)).Status).ShouldBe(204);
    }
}
