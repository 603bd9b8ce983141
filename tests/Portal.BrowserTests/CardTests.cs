using Microsoft.Playwright;
using Portal.Sandbox;

namespace Portal.BrowserTests;

/// <summary>The password in the page: when it is there, and when it is gone again.</summary>
public sealed class CardTests(Stage stage) : BrowserTest(stage)
{
    private string _password = "";
    private Card _card = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        using var api = new SandboxApi(Stage.Sandbox);
        _password = (await api.GetAsync($"/v2/databases/{SandboxClusters.OrdersProd}/users/app")).Json.GetProperty("user").GetProperty("password").GetString()!;
        await SignInAsync("developer");
        _card = await new NewPool(Page).MakeAsync("card-app");
    }

    [Fact]
    public async Task At_first_it_is_eight_dots_for_the_eye_words_for_the_ear_and_a_word_for_who_selects_it()
    {
        await Expect(_card.Show).ToHaveAttributeAsync("aria-pressed", "false");
        await Expect(_card.Masked).ToContainTextAsync("password hidden");
        var dots = await _card.Masked.Locator(".masked-password").EvaluateAsync<string>("mask => getComputedStyle(mask, '::before').content");
        dots.Split('/')[0].Trim(' ', '"').ShouldBe("••••••••");
        var selected = await _card.Masked.EvaluateAsync<string>("masked => { getSelection().selectAllChildren(masked); return getSelection().toString(); }");
        selected.Trim().ShouldMatch("^postgresql://app:PASSWORD@localhost:[0-9]+/card-app\\?sslmode=require$");
        (await Page.ContentAsync()).ShouldNotContain(_password);
        (await _card.Masked.AriaSnapshotAsync()).ShouldNotContain("•");
    }

    [Fact]
    public async Task It_is_shown_on_a_click_and_hidden_on_the_next_one()
    {
        await _card.Show.ClickAsync();

        await Expect(_card.Shown).ToContainTextAsync(_password);
        await Expect(_card.Masked).ToBeHiddenAsync();
        await Expect(_card.Hide).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(_card.Status).ToHaveTextAsync("Your password is visible");

        await _card.Hide.ClickAsync();

        await ExpectHiddenAsync();
        await Expect(_card.Status).ToHaveTextAsync("Your password is hidden");
    }

    [Fact]
    public async Task It_is_hidden_when_time_is_up()
    {
        await Page.Locator("pool-connection").EvaluateAsync("card => card.dataset.hideAfter = '1'");

        await ShowAsync();

        await ExpectHiddenAsync();
        await Expect(_card.Status).ToHaveTextAsync("Your password is hidden");
    }

    [Fact]
    public async Task It_is_hidden_when_nobody_looks_at_the_page()
    {
        await ShowAsync();

        await Page.EvaluateAsync("() => { Object.defineProperty(document, 'visibilityState', { get: () => 'hidden', configurable: true }); document.dispatchEvent(new Event('visibilitychange')); }");

        await ExpectHiddenAsync();
    }

    [Fact]
    public async Task It_is_hidden_when_something_else_is_chosen()
    {
        await ShowAsync();
        await _card.Format("psql").CheckAsync();
        await ExpectHiddenAsync();
        await Expect(_card.Masked).ToContainTextAsync("PGPASSWORD=");

        await ShowAsync();
        await _card.Verify.CheckAsync();
        await ExpectHiddenAsync();
        await Expect(_card.Masked).ToContainTextAsync("sslmode=verify-full");
    }

    [Fact]
    public async Task It_is_hidden_when_the_portal_is_lost()
    {
        await using var cable = Stage.LayCable().Plug();
        var page = await OpenAsync(new() { BaseURL = cable.Address });
        await SignInAsync("developer", $"/clusters/{SandboxClusters.OrdersProd}/pools/card-app", page);
        var card = new Card(page);
        await card.Show.ClickAsync();
        await Expect(card.Shown).ToContainTextAsync(_password);

        await cable.CutAsync();

        await Expect(card.Shown).ToBeEmptyAsync();
        await Expect(card.Masked).ToBeVisibleAsync();
        Heard(page, "WebSocket", "ERR_CONNECTION", "Connection disconnected", "ERR_EMPTY_RESPONSE", "Cannot send data");
    }

    [Fact]
    public async Task When_the_clipboard_refuses_the_text_is_there_to_be_copied_by_hand()
    {
        await Page.EvaluateAsync("() => { navigator.clipboard.write = navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError')); }");

        await _card.Copy.ClickAsync();

        var field = Page.GetByRole(AriaRole.Textbox, new() { Name = "Connection string" });
        await Expect(field).ToBeFocusedAsync();
        await Expect(field).Not.ToBeEditableAsync();
        (await field.InputValueAsync()).ShouldContain(_password);
        (await field.EvaluateAsync<bool>("field => field.selectionStart === 0 && field.selectionEnd === field.value.length")).ShouldBeTrue();
        await Expect(_card.Alert).ToHaveTextAsync("Could not copy. The text is selected: press Ctrl+C.");
        await Page.Keyboard.PressAsync("Control+C");
        (await PasteAsync()).ShouldStartWith("postgresql://app:");
    }

    [Fact]
    public async Task A_copy_without_the_password_has_none()
    {
        await Page.GetByRole(AriaRole.Button, new() { Name = "Copy without the password" }).ClickAsync();

        await Expect(_card.Status).ToHaveTextAsync("Connection string copied, without the password.");
        (await PasteAsync()).ShouldMatch("^postgresql://app:PASSWORD@");
    }

    private async Task ShowAsync()
    {
        await _card.Show.ClickAsync();
        await Expect(_card.Shown).ToContainTextAsync(_password);
    }

    private async Task ExpectHiddenAsync()
    {
        await Expect(_card.Shown).ToBeEmptyAsync();
        await Expect(_card.Shown).ToBeHiddenAsync();
        await Expect(_card.Masked).ToBeVisibleAsync();
        await Expect(_card.Show).ToHaveAttributeAsync("aria-pressed", "false");
        (await Page.ContentAsync()).ShouldNotContain(_password);
    }
}
