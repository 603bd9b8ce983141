using System.Text.Json;
using Microsoft.Playwright;
using Portal.Changes;
using Portal.Sandbox;
using Portal.Sandbox.Control;

namespace Portal.BrowserTests;

/// <summary>The page of a change: while it goes on, when it fails, and when somebody comes back to it.</summary>
public sealed class ChangeTests(Stage stage) : BrowserTest(stage)
{
    private const string Pools = "/v2/databases/*/pools";

    // Each text that a live region of the page held, as a screen reader is told of it.
    private const string Listen = """
        () => {
          window.spoken = [];
          const hear = () => {
            const text = document.querySelector('main p[role=status].visually-hidden')?.textContent.trim();
            if (text && text !== window.spoken.at(-1)) window.spoken.push(text);
          };
          new MutationObserver(hear).observe(document.body, { childList: true, subtree: true, characterData: true });
        }
        """;

    private NewPool _form = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await SignInAsync("developer");
        _form = new NewPool(Page);
        await _form.OpenAsync();
    }

    [Fact]
    public async Task A_refusal_is_told_in_the_words_of_digitalocean_and_try_again_has_everything_filled_in()
    {
        Stage.Sandbox.Faults.Add(new Fault
        {
            Method = "POST",
            Path = Pools,
            Kind = FaultKind.Status,
            Status = 422,
            Body = JsonSerializer.SerializeToElement(new { id = "unprocessable_entity", message = "the moon is in the wrong house", request_id = "4d9d8375-3c56-4925-a3e7-eb137fed17e9" }),
        });
        await _form.FillAsync("change-refused", "4", "Session", "for the night run");
        await _form.CheckAsync();
        await _form.Create.ClickAsync();

        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("change-refused was not created on orders-prod");
        await Expect(Page).ToHaveTitleAsync("Failed: change-refused · Pool Portal");
        await Expect(Page.GetByRole(AriaRole.Main)).ToContainTextAsync("DigitalOcean says: “the moon is in the wrong house”");
        var requestId = Stage.Portal.ReadAll<PoolChange>().Single().ApiRequestId.ShouldNotBeNull();
        await Expect(Page.GetByText("Request id")).ToContainTextAsync(requestId);

        await Page.GetByRole(AriaRole.Link, new() { Name = "Try again" }).ClickAsync();

        await _form.ReadyAsync();
        await Expect(_form.Cluster).ToHaveValueAsync(SandboxClusters.OrdersProd.ToString());
        await Expect(_form.Database).ToHaveValueAsync("checkout");
        await Expect(_form.User).ToHaveValueAsync("app");
        await Expect(_form.Mode("Session")).ToBeCheckedAsync();
        await Expect(_form.Size).ToHaveValueAsync("4");
        await Expect(_form.Name).ToHaveValueAsync("change-refused");
        await Expect(_form.Reason).ToHaveValueAsync("for the night run");
        await _form.CheckAsync();
        await _form.Create.ClickAsync();
        await Expect(new Card(Page).Copy).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_change_goes_on_when_its_page_is_closed_and_the_header_counts_it_until_it_is_finished()
    {
        Stage.Sandbox.Faults.Add(new Fault { Method = "POST", Path = Pools, Kind = FaultKind.Delay, DelayMs = 6000 });
        await _form.FillAsync("change-slow");
        await _form.CheckAsync();
        await _form.Create.ClickAsync();
        await Expect(Page).ToHaveURLAsync(Like("/changes/[0-9]+$"));
        var address = Page.Url;
        var count = Page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByText("1 of yours not finished");
        await Expect(count).ToBeAttachedAsync();
        await Expect(Page.GetByText("You may close this page. It goes on, and you find it under Changes.")).ToBeVisibleAsync();

        await Page.GotoAsync("/changes");
        await Expect(count).ToBeAttachedAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "change-slow" }).ClickAsync();

        await Expect(Page).ToHaveURLAsync(address);
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("change-slow on orders-prod");
        await Expect(new Card(Page).Copy).ToBeVisibleAsync();
        await Expect(count).ToHaveCountAsync(0);

        await Page.ReloadAsync();
        await Expect(new Card(Page).Copy).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Tested connection" })).ToContainTextAsync("(done)");
    }

    [Fact]
    public async Task Each_step_that_is_finished_is_spoken_once()
    {
        Stage.Sandbox.Faults.Add(new Fault { Method = "POST", Path = Pools, Kind = FaultKind.Delay, DelayMs = 3000 });
        await Page.EvaluateAsync(Listen);
        await _form.FillAsync("change-spoken");
        await _form.CheckAsync();
        await _form.Create.ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Tested connection" })).ToContainTextAsync("(done)");
        await Expect(new Card(Page).Copy).ToBeVisibleAsync();

        var spoken = string.Join(' ', await Page.EvaluateAsync<string[]>("() => window.spoken"));

        foreach (var words in new[] { "Asked DigitalOcean.", "Read back.", "Tested connection.", "change-spoken is ready." })
        {
            (spoken.Split(words).Length - 1).ShouldBe(1, $"“{words}” in: {spoken}");
        }
    }

    [Fact]
    public async Task The_cursor_goes_to_the_heading_of_the_change()
    {
        await _form.FillAsync("change-focus");
        await _form.CheckAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();

        await _form.Create.ClickAsync();

        await Expect(Page).ToHaveURLAsync(Like("/changes/[0-9]+$"));
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_change_that_waits_can_be_withdrawn()
    {
        await _form.FillAsync("change-waits", "30", reason: "the sale on Friday");
        await _form.CheckAsync();
        await _form.SendForReview.ClickAsync();
        await Expect(Page.GetByText("1 of yours not finished")).ToBeAttachedAsync();

        await Page.GetByRole(AriaRole.Button, new() { Name = "Withdraw" }).ClickAsync();

        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Withdrawn: change-waits on orders-prod");
        await Expect(Page.GetByText("1 of yours not finished")).ToHaveCountAsync(0);
    }
}
