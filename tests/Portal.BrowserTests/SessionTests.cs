using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Portal.Access;
using Portal.Sandbox;
using Portal.Storage;

namespace Portal.BrowserTests;

/// <summary>A session that is over, while its pages are still open.</summary>
public sealed class SessionTests(Stage stage) : BrowserTest(stage)
{
    [Fact]
    public async Task What_somebody_does_after_the_end_of_the_session_is_refused_in_words()
    {
        await SignInAsync("developer");
        var form = new NewPool(Page);
        await form.OpenAsync();
        await form.FillAsync("session-over");
        await form.CheckAsync();
        await EndAllAsync();

        await form.Create.ClickAsync();

        await Expect(Page.GetByText(Refusal.SessionEnded.Message).First).ToBeVisibleAsync();
        Stage.Portal.ReadAll<Changes.PoolChange>().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_open_card_hands_out_nothing_after_the_end_of_the_session()
    {
        await SignInAsync("developer");
        var card = await new NewPool(Page).MakeAsync("session-card");
        await EndAllAsync();

        await card.Show.ClickAsync();

        await Expect(card.Alert).ToContainTextAsync("Your session has ended.");
        await Expect(card.Alert.GetByRole(AriaRole.Link, new() { Name = "Sign in again" })).ToBeVisibleAsync();
        await Expect(card.Shown).ToBeEmptyAsync();
        Heard(Page, "401");
    }

    [Fact]
    public async Task The_next_page_after_the_end_of_the_session_is_the_sign_in()
    {
        await SignInAsync("developer");
        await ReadyAsync();
        await EndAllAsync();

        await Page.GotoAsync($"/clusters/{SandboxClusters.PaymentsStaging}/pools/payments-app");

        await Expect(Page).ToHaveTitleAsync("Sign in to the sandbox");
    }

    [Fact]
    public async Task Signing_out_ends_the_session_of_the_portal_and_of_the_provider()
    {
        await SignInAsync("developer");
        await ReadyAsync();
        var cookie = (await Page.Context.CookiesAsync([Stage.Address])).Single(cookie => cookie.Name == "pg-s");

        await Page.Locator("details.menu > summary").ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(Page).ToHaveURLAsync("/signed-out");

        // Whoever kept the cookie has nothing.
        await Page.Context.AddCookiesAsync([new Cookie { Name = cookie.Name, Value = cookie.Value, Domain = "localhost", Path = "/" }]);
        await Page.GotoAsync("/");
        await Expect(Page).ToHaveTitleAsync("Sign in to the sandbox");
    }

    [Fact]
    public async Task What_was_left_open_elsewhere_is_ended_from_the_account_menu()
    {
        var elsewhere = await OpenAsync();
        await SignInAsync("developer", "/", elsewhere);
        await SignInAsync("developer");
        await ReadyAsync();

        await Page.Locator("details.menu > summary").ClickAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "Your sign-ins" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Row)).ToHaveCountAsync(3);
        await ReadyAsync();
        var inspection = new Inspection();
        await inspection.LookAsync(Page, "with another one open");
        await Page.GetByRole(AriaRole.Button, new() { Name = "End all others" }).ClickAsync();

        await Expect(Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Ended: one sign-in." })).ToBeVisibleAsync();
        await Expect(Page.GetByText("You are signed in nowhere else.")).ToBeVisibleAsync();
        await Expect(elsewhere).ToHaveURLAsync(Like("/signed-out\\?reason=ended"));
        inspection.Violations.ShouldBeEmpty();
    }

    private async Task EndAllAsync()
    {
        await using var db = await Stage.Portal.Of<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        var now = DateTimeOffset.UtcNow;
        (await db.Set<Session>().Where(session => session.EndedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(session => session.EndedAt, now).SetProperty(session => session.EndedBecause, SessionEnd.EndedByAdmin),
            TestContext.Current.CancellationToken)).ShouldBeGreaterThan(0);
    }
}
