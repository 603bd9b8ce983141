using Microsoft.Extensions.Options;
using Microsoft.Playwright;
using Portal.Access;
using Portal.Audit;
using Portal.Changes;
using Portal.Sandbox;
using Portal.Storage;

namespace Portal.BrowserTests;

/// <summary>From a request above the rules to what a lead makes of it, on the pages of both.</summary>
public sealed class ReviewTests(Stage stage) : BrowserTest(stage)
{
    private readonly Inspection _inspection = new();

    private ILocator Heading => Page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    [Fact]
    public async Task A_lead_approves_and_the_pool_is_there_while_who_asked_looks_on()
    {
        var lead = await LeadAsync("lead");
        await Expect(lead.GetByText("Nothing waits for you")).ToBeVisibleAsync();
        await _inspection.LookAsync(lead, "reviews, none");
        var id = await AskAsync("review-yes");
        await Expect(Page.GetByText("Waiting for Lee Lead")).ToBeVisibleAsync();

        // Live: neither page was loaded again.
        await Expect(lead.GetByRole(AriaRole.Link, new() { Name = "Reviews 1 waiting for you" })).ToBeVisibleAsync();
        await Expect(lead.GetByRole(AriaRole.Row).Filter(new() { HasText = "review-yes" })).ToContainTextAsync("0 → 30 of 97 used");
        await _inspection.LookAsync(lead, "reviews, one");
        await lead.GetByRole(AriaRole.Link, new() { Name = "New pool · review-yes" }).ClickAsync();
        var review = new Review(lead);
        await Expect(review.Heading).ToHaveTextAsync("Review: a pool of 30 on orders-prod");
        await Expect(lead.GetByText("Dana Developer (Payments) asks for a transaction pool of 30 on orders-prod, database checkout, user app.")).ToBeVisibleAsync();
        await Expect(review.Effect).ToContainTextAsync("0 → 30 of 97 used");
        await Expect(review.Rules).ToContainTextAsync("30 is more than the 19");
        await _inspection.LookAsync(lead, "review");
        await review.Note.FillAsync("for the sale");

        await review.Approve.ClickAsync();

        await Expect(review.Told).ToContainTextAsync("You approved this");
        await Expect(lead.GetByRole(AriaRole.Link, new() { Name = "Reviews", Exact = true })).ToBeVisibleAsync();
        await Expect(Heading).ToHaveTextAsync("review-yes on orders-prod");
        await Expect(Page.GetByText("by Lee Lead").First).ToBeVisibleAsync();
        await Expect(Page.GetByText("for the sale", new() { Exact = true })).ToBeVisibleAsync();
        (await Server.PoolAsync(Stage.Sandbox, SandboxClusters.OrdersProd, "review-yes"))["pool_size"].ShouldBe("30");
        await _inspection.LookAsync(lead, "review, approved");
        await lead.GotoAsync($"/reviews?show=decided");
        await Expect(lead.GetByRole(AriaRole.Row).Filter(new() { HasText = "review-yes" })).ToContainTextAsync("approved by Lee Lead");
        await _inspection.LookAsync(lead, "reviews, decided");
        await lead.GotoAsync($"/reviews?show=decided&requester=nobody");
        await Expect(lead.GetByText("No review is like that")).ToBeVisibleAsync();
        await _inspection.LookAsync(lead, "reviews, nothing found");
        await lead.GetByRole(AriaRole.Link, new() { Name = "Clear filters" }).First.ClickAsync();
        await Expect(lead.GetByRole(AriaRole.Row).Filter(new() { HasText = "review-yes" })).ToBeVisibleAsync();
        _inspection.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_smaller_size_shows_what_it_does_before_it_is_approved_and_is_made()
    {
        var id = await AskAsync("review-less");
        var lead = await LeadAsync("lead", $"/reviews/{id}");
        var review = new Review(lead);
        await review.ReadyAsync();

        await review.Smaller.ClickAsync();
        await Expect(review.Size).ToBeFocusedAsync();
        await review.Size.FillAsync("30");
        await lead.GetByRole(AriaRole.Button, new() { Name = "Approve with this size" }).ClickAsync();
        await Expect(review.Errors).ToContainTextAsync("Pool size must be from 1 to 29");
        await _inspection.LookAsync(lead, "review, smaller, with an error");
        await review.Size.FillAsync("12");
        await Expect(review.Effect).ToContainTextAsync("0 → 12 of 97 used");
        await review.ApproveWith(12).ClickAsync();

        await Expect(review.Told).ToContainTextAsync("You approved this with 12 in the place of 30");
        await Expect(Heading).ToHaveTextAsync("review-less on orders-prod");
        await Expect(Page.GetByText("30; a smaller size was approved")).ToBeVisibleAsync();
        (await Server.PoolAsync(Stage.Sandbox, SandboxClusters.OrdersProd, "review-less"))["pool_size"].ShouldBe("12");
        _inspection.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_decline_needs_a_reason_which_who_asked_reads()
    {
        var id = await AskAsync("review-no");
        var lead = await LeadAsync("lead", $"/reviews/{id}");
        var review = new Review(lead);
        await review.ReadyAsync();

        await review.AskDecline.ClickAsync();
        await review.Decline.ClickAsync();
        await Expect(review.Errors).ToContainTextAsync("Enter a reason: Dana Developer reads it");
        await Expect(lead).ToHaveTitleAsync(Like("^Error: "));
        await _inspection.LookAsync(lead, "review, decline, with an error");
        await review.Reason.FillAsync("Ask for 12 first.");
        await review.Decline.ClickAsync();

        await Expect(review.Told).ToContainTextAsync("You declined this");
        await Expect(Heading).ToHaveTextAsync("Declined: review-no on orders-prod");
        await Expect(Page.GetByText("Lee Lead declined this: Ask for 12 first.", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "Try again" })).ToBeVisibleAsync();
        _inspection.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_two_open_pages_one_decides_and_the_other_is_told_at_once()
    {
        var id = await AskAsync("review-two");
        var (first, second) = (await LeadAsync("lead", $"/reviews/{id}"), await LeadAsync("lead3", $"/reviews/{id}"));
        await new Review(first).ReadyAsync();
        await new Review(second).ReadyAsync();

        await new Review(first).Approve.ClickAsync();

        await Expect(new Review(second).Told).ToContainTextAsync("Lee Lead approved this already");
        await Expect(new Review(second).Approve).ToHaveCountAsync(0);
        await _inspection.LookAsync(second, "review, decided by another");
        _inspection.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_withdrawn_or_expires_meanwhile_is_said_on_the_open_page()
    {
        var id = await AskAsync("review-back");
        var lead = await LeadAsync("lead", $"/reviews/{id}");
        var review = new Review(lead);
        await review.ReadyAsync();

        await Page.GetByRole(AriaRole.Button, new() { Name = "Withdraw" }).ClickAsync();
        await Expect(review.Told).ToContainTextAsync("Dana Developer has withdrawn this");
        await Expect(review.Approve).ToHaveCountAsync(0);

        var late = await AskAsync("review-late");
        await review.OpenAsync(late);
        var clock = new LaterClock(TimeSpan.FromDays(7) + TimeSpan.FromMinutes(1));
        var portal = Stage.Portal;
        await new ReviewDeadlines(portal.Of<Database>(), portal.Of<AuditLog>(), portal.Of<ChangeFeed>(), portal.Of<IOptions<ChangesOptions>>(), clock).LookAsync(CancellationToken.None);
        await Expect(review.Told).ToContainTextAsync("This has expired: nobody decided in time.");
        await Expect(Page.GetByText("Nobody decided within 7 days.", new() { Exact = true })).ToBeVisibleAsync();
        await _inspection.LookAsync(Page, "change, expired");
        _inspection.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_lead_sees_who_decides_their_own_request_and_has_no_button()
    {
        await LeadAsync("lead3");
        var id = await AskAsync("review-own", "lead");
        await Expect(Page.GetByText("Waiting for Lou Lead")).ToBeVisibleAsync();
        var review = new Review(Page);

        await review.OpenAsync(id);

        await Expect(Page.GetByText("You asked for this, so somebody else decides: Lou Lead.")).ToBeVisibleAsync();
        await Expect(review.Approve).ToHaveCountAsync(0);
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "Reviews", Exact = true })).ToBeVisibleAsync();
        await _inspection.LookAsync(Page, "review, one's own");
        await Page.GotoAsync("/reviews/4711");
        await Expect(Page.GetByText("Request 4711 does not exist")).ToBeVisibleAsync();
        await _inspection.LookAsync(Page, "review, none");
        _inspection.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_click_on_a_page_that_was_drawn_for_a_lead_decides_nothing_when_they_are_none_any_more()
    {
        var id = await AskAsync("review-stale");
        var lead = await LeadAsync("lead", $"/reviews/{id}");
        var review = new Review(lead);
        await review.ReadyAsync();
        await Expect(review.Approve).ToBeVisibleAsync();
        // The same person signs in elsewhere, and has become a developer meanwhile.
        var person = Stage.Portal.ReadAll<KnownPerson>().Single(known => known.Name == "Lee Lead");
        await Stage.Portal.Of<Sessions>().BeginAsync(
            new SignedIn { Person = new Person(person.Id, person.Name, new HashSet<Role> { Role.Developer }, new HashSet<string> { "payments" }), IdToken = "", Nonce = Guid.NewGuid().ToString("N") },
            CancellationToken.None);

        await review.Approve.ClickAsync();

        await Expect(lead.GetByText("A lead of Payments, or an admin, once one signs in can decide this.")).ToBeVisibleAsync();
        Stage.Portal.ReadAll<PoolChange>().Single().State.ShouldBe(ChangeState.WaitingForReview);
    }

    [Fact]
    public async Task Reviews_are_not_for_developers_and_auditors()
    {
        await SignInAsync("developer");
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "Changes" })).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "Reviews" })).ToHaveCountAsync(0);
        var auditor = await OpenAsync();
        await SignInAsync("auditor", page: auditor);

        foreach (var page in new[] { Page, auditor })
        {
            await page.GotoAsync("/reviews");
            await Expect(page.GetByText("Reviews can be opened by: team lead, admin.")).ToBeVisibleAsync();
            Heard(page, "403");
        }
    }

    [Fact]
    public async Task An_urgent_resize_runs_at_once_and_waits_for_a_look()
    {
        var lead = await LeadAsync("lead");
        await SignInAsync("developer");
        await new NewPool(Page).MakeAsync("review-urgent");
        await Page.GotoAsync($"/clusters/{SandboxClusters.OrdersProd}/pools/review-urgent/resize");
        await ReadyAsync();
        await Page.GetByLabel("Pool size").FillAsync("9");
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Change size" })).ToBeVisibleAsync();
        await Expect(Page.GetByLabel("Urgent: run at once")).ToHaveCountAsync(0);
        await Page.GetByLabel("Pool size").FillAsync("40");
        await Page.GetByLabel("Urgent: run at once").CheckAsync();
        await Expect(Page.GetByText("Done at once, before a lead has decided")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Change size" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "There is a problem" })).ToContainTextAsync("Enter a reason");
        await _inspection.LookAsync(Page, "resize, urgent, with an error");
        await Page.GetByLabel("Reason").FillAsync("clients are waiting");

        await Page.GetByRole(AriaRole.Button, new() { Name = "Change size" }).ClickAsync();

        await Expect(Heading).ToHaveTextAsync("review-urgent on orders-prod");
        await Expect(Page.GetByText("Run urgently, before a review")).ToBeVisibleAsync();
        (await Server.PoolAsync(Stage.Sandbox, SandboxClusters.OrdersProd, "review-urgent"))["pool_size"].ShouldBe("40");
        await Expect(lead.GetByRole(AriaRole.Heading, new() { Name = "Urgent, to be looked at" })).ToBeVisibleAsync();
        await _inspection.LookAsync(lead, "reviews, urgent");
        await lead.GetByRole(AriaRole.Link, new() { Name = "Size · review-urgent" }).ClickAsync();
        var review = new Review(lead);
        await Expect(review.MarkAsSeen).ToBeVisibleAsync();
        await _inspection.LookAsync(lead, "review, urgent");

        await review.MarkAsSeen.ClickAsync();

        await Expect(review.Told).ToContainTextAsync("You have looked at it");
        await Expect(Page.GetByText("Run urgently, before a review")).ToHaveCountAsync(0);
        await lead.GotoAsync("/reviews");
        await Expect(lead.GetByText("Nothing waits for you")).ToBeVisibleAsync();
        _inspection.Violations.ShouldBeEmpty();
    }

    private async Task<IPage> LeadAsync(string account, string address = "/reviews")
    {
        var page = await OpenAsync();
        await SignInAsync(account, address, page);
        return page;
    }

    /// <summary>Asks for a pool of 30, which is above the rules, and stays on the page of the change.</summary>
    private async Task<long> AskAsync(string name, string account = "developer")
    {
        if (Page.Url is "about:blank")
        {
            await SignInAsync(account);
        }

        var form = new NewPool(Page);
        await form.OpenAsync();
        await form.FillAsync(name, "30", reason: "the sale on Friday");
        await form.CheckAsync();
        await form.SendForReview.ClickAsync();
        await Expect(Heading).ToContainTextAsync($"Waiting for review: {name}");
        return long.Parse(Page.Url.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The time of this machine, and some more.</summary>
    private sealed class LaterClock(TimeSpan later) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + later;
    }
}
