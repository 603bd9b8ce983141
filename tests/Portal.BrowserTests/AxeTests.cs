using Microsoft.Playwright;
using Portal.Sandbox;
using Portal.Sandbox.Control;

namespace Portal.BrowserTests;

/// <summary>Every page and each of its states: WCAG 2.2 A and AA by axe, light and dark, wide and narrow; no sideways scrolling, nothing too small to hit.</summary>
public sealed class AxeTests(Stage stage) : BrowserTest(stage)
{
    private readonly Inspection _inspection = new();

    [Fact]
    public async Task The_pages_of_the_door_are_for_everybody()
    {
        await Page.GotoAsync("/");
        await LookAsync("the sign-in of the sandbox");
        await Page.GetByRole(AriaRole.Button, new() { Name = "outsider", Exact = true }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await LookAsync("not allowed");
        await Page.GotoAsync("/signed-out");
        await LookAsync("signed out");
        await Page.GotoAsync("/signed-out?reason=session-ended");
        await LookAsync("session ended");
        await Page.GotoAsync("/error");
        await LookAsync("error");

        _inspection.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_lists_are_for_everybody()
    {
        await SignInAsync("developer");
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "payments-app" })).ToBeVisibleAsync();
        await LookAsync("pools");
        await Page.GotoAsync("/?q=nothing-like-it");
        await Expect(Page.GetByText("Nothing found for")).ToBeVisibleAsync();
        await LookAsync("pools, nothing found");
        await Page.GotoAsync("/changes");
        await Expect(Page.GetByText("Nothing was asked for yet")).ToBeVisibleAsync();
        await LookAsync("changes, none");
        Heard(Page, "404");
        await Page.GotoAsync("/no-such-page");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("There is nothing at this address");
        await LookAsync("not found");
        await Page.GotoAsync($"/clusters/{SandboxClusters.PaymentsStaging}/pools/no-such-pool");
        await Expect(Page.GetByText("It may have been deleted, or its address mistyped")).ToBeVisibleAsync();
        await LookAsync("no such pool");
        await Page.GotoAsync($"/clusters/{SandboxClusters.PaymentsStaging}/pools/payments-app");
        await Expect(Page.GetByText("The connection is not for you to see")).ToBeVisibleAsync();
        await LookAsync("pool, refused");

        _inspection.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_form_is_for_everybody()
    {
        await SignInAsync("developer");
        var form = new NewPool(Page);
        await form.OpenAsync();
        await LookAsync("form, empty");
        await form.Continue.ClickAsync();
        await Expect(form.Errors).ToBeVisibleAsync();
        await LookAsync("form, with errors");
        await form.FillAsync("axe-form", "30", "Statement", "the sale on Friday");
        foreach (var more in await Page.Locator("details.more > summary").AllAsync())
        {
            await more.ClickAsync();
        }

        await LookAsync("form, filled, everything open");
        await form.CheckAsync();
        await LookAsync("check, for review");
        await form.SendForReview.ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Waiting for review");
        await LookAsync("change, waiting");
        await form.OpenAsync();
        await form.FillAsync("axe-at-once", "4");
        await form.CheckAsync();
        await LookAsync("check, at once");

        _inspection.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_change_and_its_card_are_for_everybody()
    {
        await SignInAsync("developer");
        var form = new NewPool(Page);
        var card = await form.MakeAsync("axe-card");
        var address = Page.Url;
        await Expect(Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Tested connection" })).ToContainTextAsync("(done)");
        await LookAsync("change, done");
        await Page.GetByText("Why these settings").ClickAsync();
        await card.Verify.CheckAsync();
        await card.Show.ClickAsync();
        await Expect(card.Shown).ToBeVisibleAsync();
        await LookAsync("change, done, password shown");
        await Page.GotoAsync($"/clusters/{SandboxClusters.OrdersProd}/pools/axe-card");
        await Expect(card.Copy).ToBeVisibleAsync();
        await LookAsync("pool, allowed");
        await Page.GotoAsync("/changes");
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "axe-card" })).ToBeVisibleAsync();
        await LookAsync("changes");
        await ReadyAsync();
        await Page.Locator("details.menu > summary").ClickAsync();
        await LookAsync("account menu");
        await Page.GotoAsync(address);
        await Page.EvaluateAsync("() => { navigator.clipboard.write = navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError')); }");
        await card.Copy.ClickAsync();
        await Expect(card.Alert).ToContainTextAsync("Could not copy");
        await LookAsync("change, clipboard refused");

        _inspection.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_change_that_went_wrong_is_for_everybody()
    {
        await SignInAsync("developer");
        var form = new NewPool(Page);
        await form.OpenAsync();
        await form.FillAsync("axe-failed");
        await form.CheckAsync();
        Stage.Sandbox.Faults.Add(new Fault { Method = "POST", Path = "/v2/databases/*/pools", Kind = FaultKind.Status, Status = 422 });
        await form.Create.ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "Try again" })).ToBeVisibleAsync();
        await LookAsync("change, failed");

        await form.OpenAsync();
        await form.FillAsync("axe-conflict");
        await form.CheckAsync();
        Stage.Sandbox.Faults.Add(new Fault { Method = "POST", Path = "/v2/databases/*/pools", Kind = FaultKind.StatusAfterEffect, Status = 422 });
        await form.Create.ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Give up" })).ToBeVisibleAsync();
        await LookAsync("change, conflict");

        await Page.GotoAsync("/changes/999999");
        await Expect(Page.GetByText("Change 999999 does not exist")).ToBeVisibleAsync();
        await LookAsync("no such change");

        _inspection.Violations.ShouldBeEmpty();
    }

    private Task LookAsync(string state) => _inspection.LookAsync(Page, state);
}
