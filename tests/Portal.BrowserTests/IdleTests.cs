using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Portal.Access;
using Portal.Storage;

namespace Portal.BrowserTests;

/// <summary>Somebody who does nothing for a while, with a password on the screen and a form half filled in.</summary>
public sealed class IdleTests(Stage stage) : BrowserTest(stage)
{
    private const string Typed = "for the half of a";

    [Fact]
    public async Task Before_the_end_it_is_said_by_keyboard_one_stays_and_after_the_end_one_comes_back_to_what_was_typed()
    {
        await SignInAsync("developer");
        var card = await new NewPool(Page).MakeAsync("idle-card");
        await card.Show.ClickAsync();
        await Expect(card.Shown).ToContainTextAsync("postgresql://");
        var formPage = await Page.Context.NewPageAsync();
        var form = new NewPool(formPage);
        await form.OpenAsync();
        await form.FillAsync("idle-form");
        await form.Reason.FocusAsync();
        await formPage.Keyboard.TypeAsync(Typed);

        // Nearly a quarter of an hour passes, as far as the session knows.
        var since = await IdleForAsync(TimeSpan.FromMinutes(13.2));
        var dialog = formPage.GetByRole(AriaRole.Alertdialog, new() { Name = "You will be signed out in 2 minutes" });
        await Expect(dialog).ToBeVisibleAsync();
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Stay signed in" })).ToBeFocusedAsync();
        await Eventually.BecomesTrueAsync(
            "what stood in the field is kept",
            () => Stage.Portal.ReadAll<Draft>().Any(draft => draft.Content.Contains(Typed, StringComparison.Ordinal)),
            TimeSpan.FromSeconds(30));
        (await RowAsync()).LastActivityAt.ShouldBe(since, "to be told, and to lose the focus by it, is nothing that a person did");

        await formPage.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(form.Reason).ToBeFocusedAsync();
        (await RowAsync()).LastActivityAt.ShouldBeGreaterThan(since);
        await Expect(Page.GetByRole(AriaRole.Alertdialog)).ToBeHiddenAsync();

        // And now the whole of it.
        await IdleForAsync(TimeSpan.FromMinutes(15));
        await Expect(Page).ToHaveURLAsync(Like("/signed-out\\?reason=ended&returnUrl=%2Fchanges%2F"));
        (await Page.ContentAsync()).ShouldNotContain("postgresql://");
        await Expect(formPage).ToHaveURLAsync(Like("/signed-out\\?reason=ended&returnUrl=%2Fpools%2Fnew"));
        await Expect(formPage.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Your session has ended");
        await formPage.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await formPage.GetByRole(AriaRole.Button, new() { Name = "developer", Exact = true }).ClickAsync();
        await Expect(formPage).ToHaveURLAsync("/pools/new");
        await form.ReadyAsync();
        await Expect(form.Reason).ToHaveValueAsync(Typed);
        await Expect(form.Name).ToHaveValueAsync("idle-form");
    }

    [Fact]
    public async Task The_dialog_is_for_everybody()
    {
        var inspection = new Inspection();
        await SignInAsync("developer");
        await ReadyAsync();
        await IdleForAsync(TimeSpan.FromMinutes(13.2));
        await Expect(Page.GetByRole(AriaRole.Alertdialog)).ToBeVisibleAsync();

        await inspection.LookAsync(Page, "before the end of a session");

        inspection.Violations.ShouldBeEmpty();
    }

    /// <returns>Since when the session knows of nothing that its person did.</returns>
    private async Task<DateTimeOffset> IdleForAsync(TimeSpan time)
    {
        var row = await RowAsync();
        var at = DateTimeOffset.UtcNow - time;
        await using (var db = await Stage.Portal.Of<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken))
        {
            await db.Set<Session>().Where(session => session.KeyHash == row.KeyHash)
                .ExecuteUpdateAsync(set => set.SetProperty(session => session.LastActivityAt, at), TestContext.Current.CancellationToken);
        }

        // The pages look at the clock when they thought that the time would have come, or when they are told.
        Stage.Portal.Of<SessionFeed>().Notify(row.KeyHash);
        return (await RowAsync()).LastActivityAt;
    }

    private Task<Session> RowAsync() =>
        Task.FromResult(Stage.Portal.ReadAll<Session>().Where(session => session.EndedAt is null).MaxBy(session => session.CreatedAt)!);
}
