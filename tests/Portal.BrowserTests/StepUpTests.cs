using Microsoft.Playwright;
using Portal.Sandbox;

namespace Portal.BrowserTests;

/// <summary>A proof that is asked for in the middle of a page, and a session that the provider ends.</summary>
public sealed class StepUpTests(Stage stage) : BrowserTest(stage)
{
    private static readonly string Pool = $"/clusters/{SandboxClusters.PaymentsStaging}/pools/payments-app";

    public override async ValueTask DisposeAsync()
    {
        Stage.Sandbox.SignIn.AskedBefore = TimeSpan.Zero;
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Who_signed_in_long_ago_is_led_to_the_sign_in_and_back_and_has_the_password_then()
    {
        Stage.Sandbox.SignIn.AskedBefore = TimeSpan.FromHours(1);
        await SignInAsync("admin", Pool);
        await ReadyAsync();
        var card = new Card(Page);

        await card.Show.ClickAsync();

        await Expect(card.Alert).ToHaveTextAsync(
            "Connections of payments-staging are for those who have signed in within the last 15 minutes. Sign in again; you come back to this page.");
        await Expect(card.Shown).ToBeEmptyAsync();
        Heard(Page, "403");

        Stage.Sandbox.SignIn.AskedBefore = TimeSpan.Zero;
        await card.Alert.GetByRole(AriaRole.Link, new() { Name = "Sign in again" }).ClickAsync();
        await Expect(Page.GetByText("The portal wants to know anew who you are.")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "admin", Exact = true }).ClickAsync();
        await Expect(Page).ToHaveURLAsync(Pool);
        await ReadyAsync();
        await card.Show.ClickAsync();

        await Expect(card.Status).ToHaveTextAsync("Your password is visible");
    }

    [Fact]
    public async Task An_open_page_leaves_when_the_provider_ends_the_session()
    {
        await SignInAsync("auditor");
        await ReadyAsync();
        var elsewhere = await OpenAsync();

        // The frame of the portal's second address, at which nobody listens here.
        Heard(elsewhere, "ERR_CONNECTION_REFUSED");
        await elsewhere.GotoAsync($"{Stage.Sandbox.Issuer}/signed_out_everywhere?account=auditor&entra=true");

        await Expect(Page).ToHaveURLAsync(Like("/signed-out\\?reason=ended"));
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Your session has ended" })).ToBeVisibleAsync();
    }
}
