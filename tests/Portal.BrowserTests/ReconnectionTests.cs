using System.Net.WebSockets;
using Microsoft.Playwright;
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
        const string filtered = "/?q=payments&mode=session&state=unmanaged&sort=-size&page=2";
        var list = await Page.Context.NewPageAsync();
        await list.GotoAsync(filtered);
        await Expect(list.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();
        Heard(Page, "WebSocket", "ERR_CONNECTION", "Connection disconnected", "ERR_EMPTY_RESPONSE", "Cannot send data", "Failed to resume", "circuit");

        await Stage.StopPortalAsync();
        await Page.EvaluateAsync("() => { window.isOldPage = true; }");
        await list.EvaluateAsync("() => { window.isOldPage = true; }");
        await Stage.StartPortalAsync();

        await Page.WaitForFunctionAsync("() => !window.isOldPage");
        await form.ReadyAsync();
        await Expect(Page).ToHaveURLAsync("/pools/new");
        await Expect(form.Cluster).ToHaveValueAsync(SandboxClusters.OrdersProd.ToString());
        await Expect(form.Name).ToHaveValueAsync("reconnect-restart");
        await Expect(form.Size).ToHaveValueAsync("3");
        await form.CheckAsync();
        // Hidden tabs come back as well, by themselves, to what was filtered and in which order.
        await list.WaitForFunctionAsync("() => !window.isOldPage");
        await Expect(list).ToHaveURLAsync(filtered);
        await Expect(list.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync("payments");
        await Expect(list.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_page_that_loses_the_portal_hides_the_password_that_it_shows()
    {
        await using var cable = Stage.LayCable().Plug();
        var page = await OpenAsync(new() { BaseURL = cable.Address });
        await SignInAsync("developer", "/pools/new", page);
        var card = await new NewPool(page).MakeAsync("reconnect-secret");
        await card.Show.ClickAsync();
        await Expect(card.Shown).ToContainTextAsync("postgresql://");

        await cable.CutAsync();

        await Expect(card.Shown).ToBeEmptyAsync();
        await Expect(card.Masked).ToBeVisibleAsync();
        cable.Plug();
        await Expect(page.Locator("#components-reconnect-modal")).ToBeHiddenAsync();
        await Expect(card.Shown).ToBeEmptyAsync();
        Heard(page, "WebSocket", "ERR_CONNECTION", "Connection disconnected", "ERR_EMPTY_RESPONSE", "Cannot send data");
    }

    [Fact]
    public async Task A_page_too_many_says_so_and_works_when_another_was_closed()
    {
        await SignInAsync("developer");
        await ReadyAsync();
        var cookies = string.Join("; ", (await Page.Context.CookiesAsync([Stage.Address])).Select(cookie => $"{cookie.Name}={cookie.Value}"));
        var others = await Task.WhenAll(Enumerable.Range(0, 19).Select(_ => OpenSocketAsync(cookies)));
        var tooMany = await Page.Context.NewPageAsync();
        Heard(Page, "WebSocket", "429", "Failed to start the connection", "Failed to start the circuit");

        await tooMany.GotoAsync("/changes");

        var notice = tooMany.Locator("#components-reconnect-modal");
        await Expect(notice).ToContainTextAsync("You have too many pages of the portal open, so this one does not work yet. Close another one, then press Try now.");
        await Expect(tooMany.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        others[0].Dispose();
        await Page.CloseAsync();
        await notice.GetByRole(AriaRole.Button, new() { Name = "Try now" }).ClickAsync();
        await Expect(tooMany.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();
        foreach (var other in others)
        {
            other.Dispose();
        }
    }

    private async Task<ClientWebSocket> OpenSocketAsync(string cookies)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", cookies);
        socket.Options.SetRequestHeader("Origin", Stage.Address);
        await socket.ConnectAsync(new UriBuilder(Stage.Address) { Scheme = "ws", Path = "/_blazor" }.Uri, TestContext.Current.CancellationToken);
        return socket;
    }
}
