using Microsoft.Playwright;
using Portal.Sandbox;

namespace Portal.BrowserTests;

/// <summary>Without a mouse: Tab, arrows, Enter and Space alone.</summary>
public sealed class KeyboardTests(Stage stage) : BrowserTest(stage)
{
    private const int FarthestAway = 60;

    [Fact]
    public async Task The_whole_way_to_the_connection_needs_no_mouse()
    {
        await Page.GotoAsync("/");
        await PressOnAsync(Page.GetByRole(AriaRole.Button, new() { Name = "developer", Exact = true }), "Enter");
        await Expect(Page).ToHaveURLAsync("/");
        await ReadyAsync();
        await PressOnAsync(Page.GetByRole(AriaRole.Link, new() { Name = "New pool" }), "Enter");
        var form = new NewPool(Page);
        await form.ReadyAsync();

        await ChooseAsync(form.Cluster, SandboxClusters.OrdersProd.ToString());
        await ChooseAsync(form.Database, "checkout");
        await ChooseAsync(form.User, "app");
        await TabToAsync(form.Mode("Transaction"));
        await Page.Keyboard.PressAsync("ArrowDown");
        await Expect(form.Mode("Session")).ToBeCheckedAsync();
        await TabToAsync(form.Size);
        await Page.Keyboard.PressAsync("Control+A");
        await Page.Keyboard.TypeAsync("3");
        await TabToAsync(form.Name);
        await Page.Keyboard.PressAsync("Control+A");
        await Page.Keyboard.TypeAsync("by-keyboard");
        await PressOnAsync(form.Continue, "Enter");
        await Expect(Page.GetByText("0 → 3 of 97 used")).ToBeVisibleAsync();
        await PressOnAsync(form.Create, "Space");

        var card = new Card(Page);
        await Expect(card.Copy).ToBeVisibleAsync();
        await TabToAsync(card.Format("URI"));
        await Page.Keyboard.PressAsync("ArrowRight");
        await Expect(card.Format("psql")).ToBeCheckedAsync();
        await Page.Keyboard.PressAsync("ArrowLeft");
        await Expect(card.Format("URI")).ToBeCheckedAsync();
        await PressOnAsync(card.Verify, "Space");
        await Expect(card.Verify).ToBeCheckedAsync();
        await Page.Keyboard.PressAsync("Space");
        await Expect(card.Verify).Not.ToBeCheckedAsync();
        await PressOnAsync(card.Copy, "Enter");
        await Expect(card.Status).ToHaveTextAsync("Connection string copied. It contains the password.");
        await PressOnAsync(card.Show, "Enter");
        await Expect(card.Shown).ToContainTextAsync("postgresql://app:");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(card.Shown).ToBeEmptyAsync();

        var uri = await PasteAsync();
        (await Server.QueryAsync(Server.Read(uri, "").ConnectionString, "SELECT current_user")).ShouldBe("app");
    }

    [Fact]
    public async Task The_first_tab_offers_a_way_past_the_header()
    {
        await SignInAsync("developer", "/changes");
        await Page.GotoAsync("/changes");
        await ReadyAsync();
        var skip = Page.GetByRole(AriaRole.Link, new() { Name = "Skip to the content" });
        await skip.FocusAsync();
        await Expect(skip).ToBeInViewportAsync();

        await Page.Keyboard.PressAsync("Enter");

        await Expect(Page.GetByRole(AriaRole.Main)).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_account_menu_opens_and_closes_by_keyboard()
    {
        await SignInAsync("developer");
        await ReadyAsync();
        var menu = Page.Locator("details.menu > summary");
        await TabToAsync(menu, backwards: true);
        await Page.Keyboard.PressAsync("Enter");
        var signOut = Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" });
        await Expect(signOut).ToBeVisibleAsync();

        await Page.Keyboard.PressAsync("Escape");

        await Expect(signOut).ToBeHiddenAsync();
        await Expect(menu).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_menu_closes_when_Tab_leaves_it_or_something_in_it_is_chosen_and_not_when_the_page_takes_the_focus()
    {
        await SignInAsync("developer");
        await ReadyAsync();
        var menu = Page.Locator("details.menu");
        await menu.Locator("summary").ClickAsync();

        // What the page does when it has come: a moment after the click, as often as not.
        await Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).FocusAsync();
        await Expect(menu).ToHaveAttributeAsync("open", "");
        await menu.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).FocusAsync();
        await Page.Keyboard.PressAsync("Tab");
        await Expect(menu).Not.ToHaveAttributeAsync("open", "");

        await menu.Locator("summary").ClickAsync();
        await menu.GetByRole(AriaRole.Link, new() { Name = "Your sign-ins" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Your sign-ins");
        await Expect(menu).Not.ToHaveAttributeAsync("open", "");
    }

    private async Task PressOnAsync(ILocator target, string key)
    {
        await TabToAsync(target);
        await Page.Keyboard.PressAsync(key);
    }

    // A select takes arrows; how the options are shown is the browser's.
    private async Task ChooseAsync(ILocator select, string value)
    {
        await TabToAsync(select);
        await Expect(select.Locator($"option[value='{value}']")).ToBeAttachedAsync();
        for (var step = 0; step < 20 && await select.InputValueAsync() != value; step++)
        {
            await Page.Keyboard.PressAsync("ArrowDown");
        }

        await Expect(select).ToHaveValueAsync(value);
    }

    private async Task TabToAsync(ILocator target, bool backwards = false)
    {
        await Expect(target).ToBeVisibleAsync();
        for (var step = 0; step < FarthestAway; step++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                await ExpectVisibleFocusAsync(target);
                return;
            }

            await Page.Keyboard.PressAsync(backwards ? "Shift+Tab" : "Tab");
        }

        throw new TimeoutException($"The Tab key does not reach {target} within {FarthestAway} steps.");
    }

    // Whoever has no mouse has to see where they are; a radio that lies over its word shows it on the word.
    private static async Task ExpectVisibleFocusAsync(ILocator target) => (await target.EvaluateAsync<bool>("""
        element => [element, element.closest('label')].filter(Boolean).some(one => {
          const style = getComputedStyle(one);
          return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== 'none';
        }) && (rect => rect.bottom > 0 && rect.top < innerHeight)(element.getBoundingClientRect())
        """)).ShouldBeTrue($"the focus on {target} is seen");
}
