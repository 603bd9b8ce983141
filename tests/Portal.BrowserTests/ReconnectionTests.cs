using Portal.Sandbox;

namespace Portal.BrowserTests;

/// <summary>A page that loses the portal, for a moment or because it was started again.</summary>
public sealed class ReconnectionTests(Stage stage) : BrowserTest(stage)
{
    [Fact]
    public async Task A_cut_connection_is_told_quietly_and_the_page_goes_on_where_it_was()
    {
        await using var cable = Stage.LayCable().Plug();
        var page = await OpenAsync(new() { BaseURL = cable.Address });
        await SignInAsync("developer", "/pools/new", page);
        var form = new NewPool(page);
        await form.ReadyAsync();
        await form.FillAsync("reconnect-cut");
        await Expect(form.Name).ToHaveValueAsync("reconnect-cut");

        await cable.CutAsync();

        await Expect(page.Locator("#components-reconnect-modal")).ToContainTextAsync("Reconnecting. What you typed is kept.");
        await Expect(page.Locator("#components-reconnect-modal")).ToBeVisibleAsync();
        // Typed while nobody listens.
        await form.Reason.FillAsync("typed in the dark");

        cable.Plug();

        await Expect(page.Locator("#components-reconnect-modal")).ToBeHiddenAsync();
        await Expect(form.Name).ToHaveValueAsync("reconnect-cut");
        await form.CheckAsync();
        await Expect(page.GetByText("typed in the dark")).ToBeVisibleAsync();
        Heard(page, "WebSocket", "ERR_CONNECTION", "Connection disconnected", "ERR_EMPTY_RESPONSE", "Cannot send data");
    }

    [Fact]
    public async Task A_portal_that_was_started_again_has_the_page_back_with_what_was_typed()
    {
        await SignInAsync("developer");
        var form = new NewPool(Page);
        await form.OpenAsync();
        await form.FillAsync("reconnect-restart", "3");
        await form.CheckAsync();
        await Page.GoBackAsync();
        await form.ReadyAsync();
        Heard(Page, "WebSocket", "ERR_CONNECTION", "Connection disconnected", "ERR_EMPTY_RESPONSE", "Cannot send data", "Failed to resume", "circuit");

        await Stage.StopPortalAsync();
        await Page.EvaluateAsync("() => { window.isOldPage = true; }");
        await Stage.StartPortalAsync();

        await Page.WaitForFunctionAsync("() => !window.isOldPage");
        await form.ReadyAsync();
        await Expect(Page).ToHaveURLAsync("/pools/new");
        await Expect(form.Cluster).ToHaveValueAsync(SandboxClusters.OrdersProd.ToString());
        await Expect(form.Name).ToHaveValueAsync("reconnect-restart");
        await Expect(form.Size).ToHaveValueAsync("3");
        await form.CheckAsync();
    }
}
