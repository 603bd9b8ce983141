using System.Globalization;
using Microsoft.Playwright;
using Portal.Changes;

namespace Portal.BrowserTests;

/// <summary>The page of admins and auditors, and what it does to the pages of others.</summary>
public sealed class AdminTests(Stage stage) : BrowserTest(stage)
{
    private readonly Inspection _inspection = new();

    private ILocator Sessions => Page.GetByRole(AriaRole.Region, new() { Name = "Sessions" });

    private ILocator Freeze => Page.GetByRole(AriaRole.Region, new() { Name = "Freeze", Exact = true });

    [Fact]
    public async Task An_admin_ends_a_session_and_its_open_page_leaves_with_the_password_that_it_showed()
    {
        var other = await OpenAsync();
        await SignInAsync("developer", page: other);
        var card = await new NewPool(other).MakeAsync("ended-card");
        await card.Show.ClickAsync();
        await Expect(card.Shown).ToContainTextAsync("postgresql://");
        await SignInAsync("admin", "/admin");
        await ReadyAsync();
        await Sessions.GetByLabel("Search by name").FillAsync("dana");
        await Page.Keyboard.PressAsync("Tab");
        await Expect(Sessions.GetByRole(AriaRole.Row).Filter(new() { HasText = "Ada Admin" })).ToHaveCountAsync(0);
        var row = Sessions.GetByRole(AriaRole.Row).Filter(new() { HasText = "Dana Developer" }).First;
        await row.GetByRole(AriaRole.Button).Last.ClickAsync();
        await LookAsync("admin, about to end a session");

        await Sessions.GetByRole(AriaRole.Button, new() { NameRegex = Like("^End (it|all)$") }).ClickAsync();

        await Expect(Sessions.GetByRole(AriaRole.Status).First).ToContainTextAsync("of Dana Developer.");
        await Expect(other).ToHaveURLAsync(Like("/signed-out\\?reason=ended"));
        (await other.ContentAsync()).ShouldNotContain("postgresql://");
        _inspection.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_freeze_stands_above_every_open_page_until_it_is_ended_and_what_waits_says_so()
    {
        var other = await OpenAsync();
        await SignInAsync("developer", page: other);
        var form = new NewPool(other);
        await form.OpenAsync();
        await form.FillAsync("frozen-app");
        await form.CheckAsync();
        await SignInAsync("admin", "/admin");
        await ReadyAsync();
        await Freeze.GetByText("Freeze changes").First.ClickAsync();
        await Freeze.GetByRole(AriaRole.Button, new() { Name = "Freeze changes" }).ClickAsync();
        await Expect(Freeze.GetByRole(AriaRole.Alert)).ToContainTextAsync("Say why");
        await LookAsync("admin, a freeze with mistakes");
        await Freeze.GetByLabel("Why").FillAsync("moving the database");
        await Freeze.GetByLabel("Ends by itself, in UTC").FillAsync(DateTime.UtcNow.AddHours(2).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture));
        await Freeze.GetByRole(AriaRole.Button, new() { Name = "Freeze changes" }).ClickAsync();

        await Expect(Freeze).ToContainTextAsync("Changes of all clusters are frozen");
        await LookAsync("admin, frozen");
        await Expect(other.GetByText("Changes of all clusters are frozen until")).ToBeVisibleAsync();
        await form.Create.ClickAsync();
        await Expect(other.GetByText("It waits: changes are frozen")).ToBeVisibleAsync();
        Stage.Portal.ReadAll<PoolChange>().ShouldHaveSingleItem().State.ShouldBe(ChangeState.Approved);

        await Freeze.GetByRole(AriaRole.Button, new() { Name = "End it now: the freeze of all clusters" }).ClickAsync();
        await Expect(other.GetByText("Changes of all clusters are frozen until")).ToHaveCountAsync(0);
        await Expect(other).ToHaveTitleAsync(Like("^Done: frozen-app"));
        _inspection.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_auditor_sees_the_page_and_has_no_button_that_changes_anything()
    {
        await SignInAsync("auditor", "/admin");
        await ReadyAsync();
        await Expect(Page.GetByText("You see this page as an auditor")).ToBeVisibleAsync();
        await Expect(Sessions.GetByRole(AriaRole.Row).Nth(1)).ToBeVisibleAsync();
        await Expect(Page.GetByText("It takes writes.")).ToBeVisibleAsync();

        (await Sessions.GetByRole(AriaRole.Button).CountAsync()).ShouldBe(0);
        (await Freeze.GetByRole(AriaRole.Button).CountAsync()).ShouldBe(0);
        await LookAsync("admin, as an auditor");
        _inspection.Violations.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("developer")]
    [InlineData("lead")]
    public async Task For_others_there_is_no_such_page(string account)
    {
        await SignInAsync(account);
        await ReadyAsync();
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "Admin", Exact = true })).ToHaveCountAsync(0);

        await Page.GotoAsync("/admin");

        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("You cannot open this page");
        await Expect(Page.GetByText("Admin can be opened by: admin, auditor.")).ToBeVisibleAsync();
    }

    private Task LookAsync(string state) => _inspection.LookAsync(Page, state);
}
