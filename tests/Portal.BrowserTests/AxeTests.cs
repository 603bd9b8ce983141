using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Portal.Sandbox;
using Portal.Sandbox.Control;

namespace Portal.BrowserTests;

/// <summary>Every page and each of its states: WCAG 2.2 A and AA by axe, light and dark, wide and narrow; no sideways scrolling, nothing too small to hit.</summary>
public sealed class AxeTests(Stage stage) : BrowserTest(stage)
{
    private static readonly AxeRunOptions Options = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
    };

    private static readonly (int Width, int Height)[] Sizes = [(1280, 900), (400, 800)];

    private static readonly ColorScheme[] Themes = [ColorScheme.Light, ColorScheme.Dark];

    // 2.5.8 leaves out what stands in a sentence; everything else is at least 24 by 24, or its label is.
    private const string TooSmall = """
        () => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')].filter(one => {
          if (!one.checkVisibility({ visibilityProperty: true, opacityProperty: false }) || one.closest('.skip-link, [hidden]')) return false;
          const target = one.matches('input[type=radio], input[type=checkbox]') ? one.closest('label') ?? one : one;
          if (one.matches('a') && getComputedStyle(one).display === 'inline' && one.parentElement.textContent.trim() !== one.textContent.trim()) return false;
          const rect = target.getBoundingClientRect();
          return rect.width < 23.5 || rect.height < 23.5;
        }).map(one => { const rect = one.getBoundingClientRect(); return `${one.outerHTML.slice(0, 120)} ${Math.round(rect.width)}x${Math.round(rect.height)}`; })
        """;

    private const string Overflowing = """
        () => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] :
          [...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1).map(one => one.outerHTML.slice(0, 120)).slice(0, 5)
        """;

    private readonly List<string> _violations = [];

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

        _violations.ShouldBeEmpty();
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

        _violations.ShouldBeEmpty();
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

        _violations.ShouldBeEmpty();
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

        _violations.ShouldBeEmpty();
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

        _violations.ShouldBeEmpty();
    }

    private async Task LookAsync(string state)
    {
        foreach (var (width, height) in Sizes)
        {
            await Page.SetViewportSizeAsync(width, height);
            foreach (var theme in Themes)
            {
                await Page.EmulateMediaAsync(new() { ColorScheme = theme });
                var found = await Page.RunAxe(Options);
                _violations.AddRange(found.Violations.SelectMany(violation => violation.Nodes, (violation, node) =>
                    $"{state}, {width} px, {theme}: {violation.Id}: {node.Html} {string.Join("; ", node.Any.Concat(node.All).Concat(node.None).Select(check => check.Message))}"));
            }

            _violations.AddRange((await Page.EvaluateAsync<string[]>(Overflowing)).Select(element => $"{state}, {width} px: scrolls sideways: {element}"));
            _violations.AddRange((await Page.EvaluateAsync<string[]>(TooSmall)).Select(element => $"{state}, {width} px: too small: {element}"));
        }

        await Page.SetViewportSizeAsync(Sizes[0].Width, Sizes[0].Height);
    }
}
