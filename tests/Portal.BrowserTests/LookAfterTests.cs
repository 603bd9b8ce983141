using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Portal.Inventory;
using Portal.Sandbox;
using Portal.Storage;

namespace Portal.BrowserTests;

/// <summary>A lead's quarter: keep, shrink, hand over and delete many pools at once, and pools that are wanted for a time only.</summary>
public sealed class LookAfterTests(Stage stage) : BrowserTest(stage)
{
    private readonly Inspection _inspection = new();

    [Fact]
    public async Task A_lead_looks_after_many_pools_at_once()
    {
        var developer = await OpenAsync();
        await SignInAsync("developer", page: developer);
        foreach (var name in new[] { "care-one", "care-two", "care-three", "care-four" })
        {
            await new NewPool(developer).MakeAsync(name);
        }

        await AgeAsync("care-one", "care-two");
        var lead = Page;
        await SignInAsync("lead");
        await ReadyAsync();
        await lead.GetByRole(AriaRole.Link, new() { Name = "Look after", Exact = true }).ClickAsync();
        await Expect(Rows(lead)).ToHaveCountAsync(2);
        await Expect(Row(lead, "care-one")).ToContainTextAsync("look due");
        await _inspection.LookAsync(lead, "look after, due");

        await Box(lead, "care-one").CheckAsync();
        await Box(lead, "care-two").CheckAsync();
        await Expect(lead.GetByText("2 pools chosen")).ToBeVisibleAsync();
        await Press(lead, "Keep").ClickAsync();
        await Expect(Outcome(lead, "care-two")).ToContainTextAsync("Kept.");
        await Expect(lead.GetByRole(AriaRole.Heading, new() { Name = "Nothing is due" })).ToBeVisibleAsync();
        await lead.GetByRole(AriaRole.Link, new() { Name = "Show all pools" }).ClickAsync();

        await Box(lead, "care-one").CheckAsync();
        await Box(lead, "care-two").CheckAsync();
        await Press(lead, "Shrink…").ClickAsync();
        await Expect(Title(lead)).ToHaveTextAsync("Shrink 2 pools");
        await lead.GetByLabel("New size of care-one").FillAsync("2");
        await lead.GetByLabel("New size of care-two").FillAsync("9");
        await _inspection.LookAsync(lead, "look after, shrink");
        await Press(lead, "Shrink 2 pools").ClickAsync();
        await Expect(Outcome(lead, "care-two")).ToContainTextAsync("enter fewer to shrink it");
        await Expect(Outcome(lead, "care-one")).ToContainTextAsync("Under way as change");
        await Expect(Row(lead, "care-one").GetByRole(AriaRole.Cell).Filter(new() { HasText = "2 %" })).ToBeVisibleAsync();
        await _inspection.LookAsync(lead, "look after, outcomes");

        await Box(lead, "care-three").CheckAsync();
        await Press(lead, "Hand over…").ClickAsync();
        await Expect(lead.GetByLabel("Team")).ToHaveValueAsync("Payments");
        await Press(lead, "Hand over care-three").ClickAsync();
        await Expect(Alert(lead)).ToContainTextAsync("Choose an owner who belongs to Payments");
        await _inspection.LookAsync(lead, "look after, hand over with an error");
        await lead.GetByLabel("Owner").SelectOptionAsync("Lee Lead");
        await Press(lead, "Hand over care-three").ClickAsync();
        await Expect(Outcome(lead, "care-three")).ToContainTextAsync("Handed over to Lee Lead of Payments.");

        await Box(lead, "care-three").CheckAsync();
        await Box(lead, "care-four").CheckAsync();
        await Press(lead, "Delete…").ClickAsync();
        await Press(lead, "Delete 2 pools").ClickAsync();
        await Expect(Alert(lead)).ToContainTextAsync("Type 2 to confirm");
        await _inspection.LookAsync(lead, "look after, delete with an error");
        await lead.GoBackAsync();
        await Expect(Box(lead, "care-four")).ToBeCheckedAsync();
        await Press(lead, "Delete…").ClickAsync();
        await lead.GetByLabel("Number of pools").FillAsync("2");
        await Press(lead, "Delete 2 pools").ClickAsync();
        await Expect(Outcome(lead, "care-four")).ToContainTextAsync("Under way as change");
        await Expect(Row(lead, "care-four")).ToHaveCountAsync(0);
        (await Server.PoolAsync(Stage.Sandbox, SandboxClusters.OrdersProd, "care-one"))["pool_size"].ShouldBe("2");
        _inspection.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_pool_that_is_wanted_for_a_time_says_so_until_a_lead_says_otherwise()
    {
        await SignInAsync("developer");
        var form = new NewPool(Page);
        var end = DateTimeOffset.UtcNow.AddDays(60).UtcDateTime;
        await form.OpenAsync();
        await form.FillAsync("care-ending");
        await Page.GetByLabel("Wanted until").FillAsync("2020-01-01");
        await form.Continue.ClickAsync();
        await Expect(Alert(Page)).ToContainTextAsync("Wanted until must be after today");
        await Page.GetByLabel("Wanted until").FillAsync(end.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await form.CheckAsync();
        var day = end.ToString("d MMM yyyy", System.Globalization.CultureInfo.InvariantCulture);
        await Expect(Page.Locator(".facts.changeable")).ToContainTextAsync(day);
        await form.Create.ClickAsync();
        await Expect(new Card(Page).Copy).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Region, new() { Name = "What was asked for" })).ToContainTextAsync(day);

        var address = $"/clusters/{SandboxClusters.OrdersProd}/pools/care-ending";
        await Page.GotoAsync(address);
        await Expect(Care(Page)).ToContainTextAsync(day);
        await Expect(Care(Page).GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        var lead = await OpenAsync();
        await SignInAsync("lead", address, lead);
        await Care(lead).GetByLabel("Wanted until").FillAsync("");
        await Care(lead).GetByRole(AriaRole.Button, new() { Name = "Set end date" }).ClickAsync();
        await Expect(Care(lead)).ToContainTextAsync("Wanted without an end.");
        await Care(lead).GetByRole(AriaRole.Button, new() { Name = "Keep: still needed" }).ClickAsync();
        await Expect(Care(lead)).ToContainTextAsync("Kept.");
        await Expect(Care(lead)).ToContainTextAsync("Lee Lead");
        await _inspection.LookAsync(lead, "pool, looked after");
        _inspection.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_leads_no_team_and_is_no_admin_is_told_who_can()
    {
        await SignInAsync("developer");
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "Look after" })).ToHaveCountAsync(0);

        await Page.GotoAsync("/look-after");

        await Expect(Page.GetByText("Look after can be opened by: team lead, admin.")).ToBeVisibleAsync();
    }

    /// <summary>As if nobody had looked for a quarter.</summary>
    private async Task AgeAsync(params string[] pools)
    {
        var due = DateTimeOffset.UtcNow.AddDays(-1);
        await Stage.Portal.Of<Database>().WriteAsync(
            (db, token) => db.Set<ManagedPool>().Where(pool => pools.Contains(pool.Name)).ExecuteUpdateAsync(pool => pool.SetProperty(row => row.NextLookAt, due), token),
            CancellationToken.None);
        await Stage.Portal.Of<BoardKeeper>().LoadAsync(CancellationToken.None);
    }

    private static ILocator Rows(IPage page) => page.Locator(".care-table tbody tr");

    private static ILocator Row(IPage page, string pool) => Rows(page).Filter(new() { Has = page.GetByRole(AriaRole.Link, new() { Name = pool, Exact = true }) });

    private static ILocator Box(IPage page, string pool) => page.GetByRole(AriaRole.Checkbox, new() { Name = $"Choose {pool} on orders-prod" });

    private static ILocator Press(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator Outcome(IPage page, string pool) => page.Locator(".care-outcome").Filter(new() { HasText = pool });

    private static ILocator Alert(IPage page) => page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "There is a problem" });

    private static ILocator Title(IPage page) => page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    private static ILocator Care(IPage page) => page.GetByRole(AriaRole.Region, new() { Name = "Looking after it" });
}
