using Portal.Changes;
using Portal.IntegrationTests.Sandbox;
using Portal.Sandbox;
using Portal.Sandbox.Control;
using static Portal.Audit.AuditAction;

namespace Portal.IntegrationTests.Changes.Reviews;

/// <summary>What comes of each decision, and of a decision that comes too late.</summary>
public abstract class DecisionTests(SandboxFixture? server) : ReviewScene(server)
{
    [Fact]
    public async Task An_approved_request_becomes_the_pool_that_was_asked_for()
    {
        var change = await WaitingAsync();

        (await ApproveAsync(await LeadAsync(), change, "for the sale")).ShouldBeNull();

        var done = await DoneAsync(change);
        done.State.ShouldBe(ChangeState.Done);
        (done.DecidedById, done.DecidedByName, done.DecisionNote, done.AskedSize).ShouldBe((PersonOf + "lead", "lead", "for the sale", null));
        done.Steps.Single(step => step.Kind is ChangeStepKind.Approved).Text.ShouldBe("by lead");
        (await AtDigitalOceanAsync()).ShouldBe(AsMade with { Size = 30 });
        ActionsSince(done).ShouldBe([Requested, SentForReview, Approved, Sent, Answered, Done]);
        var row = RowOf(done, Approved);
        (row.ActorId, row.Details.Contains("for the sale")).ShouldBe((PersonOf + "lead", true));
    }

    [Fact]
    public async Task A_smaller_size_is_what_is_made_and_what_was_asked_for_is_kept()
    {
        var change = await WaitingAsync();

        (await SmallerAsync(await LeadAsync(), change, "12", "twelve will do")).ShouldBeNull();

        var done = await DoneAsync(change);
        (done.State, done.Size, done.AskedSize).ShouldBe((ChangeState.Done, 12, 30));
        (await AtDigitalOceanAsync())!.Size.ShouldBe(12);
        (await ManagedAsync())!.Size.ShouldBe(12);
        ActionsSince(done).ShouldBe([Requested, SentForReview, ApprovedSmaller, Sent, Answered, Done]);
        RowOf(done, ApprovedSmaller).Details.ShouldContain("\"askedSize\":\"30\"");
    }

    [Theory]
    [InlineData(null, "Enter a pool size")]
    [InlineData("many", "Pool size must be a whole number, like 5")]
    [InlineData("0", "Pool size must be 1 or more")]
    [InlineData("30", "Pool size must be from 1 to 29: fewer than the 30 that was asked for")]
    [InlineData("31", "Pool size must be from 1 to 29: fewer than the 30 that was asked for")]
    public async Task A_smaller_size_is_smaller_and_at_least_one(string? size, string words)
    {
        var change = await WaitingAsync();

        var notTaken = await SmallerAsync(await LeadAsync(), change, size);

        notTaken!.Mistakes.ShouldBe([new FieldMistake(ChangeField.Size, words)]);
        var now = await NowAsync(change);
        (now.State, now.Size, now.AskedSize).ShouldBe((ChangeState.WaitingForReview, 30, null));
    }

    [Fact]
    public async Task A_resize_that_grows_is_approved_with_less_but_not_with_what_it_has()
    {
        var developer = await WithPoolAsync();
        var change = await DoAsync(developer, Resize(40) with { Reason = "the sale" }, now => now.State is ChangeState.WaitingForReview);
        var lead = await LeadAsync();

        WordsOf(await SmallerAsync(lead, change, "5")).ShouldBe("Pool size must be from 6 to 39: fewer than the 40 that was asked for");
        (await SmallerAsync(lead, change, "6")).ShouldBeNull();

        (await DoneAsync(change)).State.ShouldBe(ChangeState.Done);
        (await AtDigitalOceanAsync()).ShouldBe(AsMade with { Size = 6 });
    }

    [Fact]
    public async Task What_is_not_about_a_size_has_no_smaller_one()
    {
        var developer = await WithPoolAsync();
        var change = await DoAsync(developer, Ask(ChangeKind.Edit) with { IsInboundUser = true, Reason = "everybody" }, now => now.State is ChangeState.WaitingForReview);

        WordsOf(await SmallerAsync(await LeadAsync(), change, "2")).ShouldContain("is not about a size");
        (await ApproveAsync(await LeadAsync(), change)).ShouldBeNull();

        (await DoneAsync(change)).State.ShouldBe(ChangeState.Done);
        (await AtDigitalOceanAsync())!.User.ShouldBeNull();
    }

    [Theory]
    [InlineData(null, "Enter a reason: developer reads it")]
    [InlineData("   ", "Enter a reason: developer reads it")]
    [InlineData("long", "Reason must be 500 characters or fewer")]
    public async Task A_decline_needs_a_reason(string? reason, string words)
    {
        var change = await WaitingAsync();

        var notTaken = await DeclineAsync(await LeadAsync(), change, reason is "long" ? new string('x', 501) : reason);

        notTaken!.Mistakes.ShouldBe([new FieldMistake(ChangeField.Reason, words)]);
        (await NowAsync(change)).State.ShouldBe(ChangeState.WaitingForReview);
    }

    [Fact]
    public async Task A_note_has_an_end()
    {
        var change = await WaitingAsync();

        (await ApproveAsync(await LeadAsync(), change, new string('x', 501)))!.Mistakes.ShouldBe([new FieldMistake(ChangeField.Note, "Note must be 500 characters or fewer")]);
        (await NowAsync(change)).State.ShouldBe(ChangeState.WaitingForReview);
    }

    [Fact]
    public async Task A_declined_request_sends_nothing_and_says_why_to_who_asked()
    {
        var change = await WaitingAsync();

        (await DeclineAsync(await LeadAsync(), change, " Ask for 12. ")).ShouldBeNull();

        var now = await NowAsync(change);
        (now.State, now.DecisionNote, now.Happened).ShouldBe((ChangeState.Declined, "Ask for 12.", "lead declined this: Ask for 12."));
        ActionsSince(now).ShouldBe([Requested, SentForReview, Declined]);
        Posts.ShouldBe(0);
        WordsOf(await ApproveAsync(await OtherLeadAsync(), change)).ShouldBe("lead declined this already: “Ask for 12.”");
    }

    [Fact]
    public async Task A_cluster_that_has_filled_up_refuses_the_approval_with_the_figures_and_a_smaller_size_goes_through()
    {
        var change = await WaitingAsync();
        var lead = await LeadAsync();
        await InThePanelAsync("someone-elses", size: 85);
        await _portal.ReadAsync(SandboxClusters.OrdersProd);

        WordsOf(await ApproveAsync(lead, change)).ShouldBe("orders-prod has 12 connections free, this asks for 30. It keeps waiting: approve it with 12 or fewer, decline it, or approve it when there is room.");
        WordsOf(await SmallerAsync(lead, change, "13")).ShouldStartWith("orders-prod has 12 connections free, this asks for 13.");
        (await NowAsync(change)).State.ShouldBe(ChangeState.WaitingForReview);
        ActionsSince(change).ShouldBe([Requested, SentForReview]);
        (await SmallerAsync(lead, change, "12")).ShouldBeNull();

        (await DoneAsync(change)).State.ShouldBe(ChangeState.Done);
    }

    [Fact]
    public async Task Two_approvals_never_take_the_same_connections()
    {
        var (first, second) = (await WaitingAsync(size: "60"), await WaitingAsync(name: "checkout-two", size: "60"));
        Fault(HttpMethod.Post, Pools, FaultKind.Throttle, times: 100, delayMs: 60_000);
        var (lead, other) = (await LeadAsync(), await OtherLeadAsync());

        var answers = await Task.WhenAll(ApproveAsync(lead, first), ApproveAsync(other, second));

        answers.Count(answer => answer is null).ShouldBe(1);
        WordsOf(answers.Single(answer => answer is not null)).ShouldStartWith("orders-prod has 37 connections free, this asks for 60.");
    }

    [Fact]
    public async Task What_fills_up_after_the_approval_is_found_right_before_the_call()
    {
        var change = await WaitingAsync();
        await InThePanelAsync("someone-elses", size: 85);

        (await ApproveAsync(await LeadAsync(), change)).ShouldBeNull();

        var failed = await DoneAsync(change);
        failed.State.ShouldBe(ChangeState.Failed);
        failed.Happened!.ShouldContain("Pool size must be 12 or fewer");
        Posts.ShouldBe(1, "the one of the panel");
    }

    [Fact]
    public async Task A_pool_that_somebody_changed_meanwhile_is_not_what_was_asked_about()
    {
        var developer = await WithPoolAsync();
        var change = await DoAsync(developer, Resize(40) with { Reason = "the sale" }, now => now.State is ChangeState.WaitingForReview);
        await ChangeInThePanelAsync(AsMade with { Size = 7 });
        await _portal.ReadAsync(SandboxClusters.OrdersProd);

        WordsOf(await ApproveAsync(await LeadAsync(), change)).ShouldStartWith("checkout-app is not what it was when this was asked for: it is now transaction, size 7");
        (await NowAsync(change)).State.ShouldBe(ChangeState.WaitingForReview);
    }

    [Fact]
    public async Task A_request_that_was_overtaken_cannot_be_decided()
    {
        var developer = await WithPoolAsync();
        var change = await DoAsync(developer, Resize(40) with { Reason = "the sale" }, now => now.State is ChangeState.WaitingForReview);
        (await DoAsync(developer, Resize(9))).State.ShouldBe(ChangeState.Done);

        WordsOf(await ApproveAsync(await LeadAsync(), change)).ShouldStartWith("Overtaken by change");
        (await AtDigitalOceanAsync())!.Size.ShouldBe(9);
    }

    [Fact]
    public async Task While_another_change_of_the_pool_is_under_way_the_approval_waits()
    {
        var developer = await WithPoolAsync();
        var change = await DoAsync(developer, Resize(40) with { Reason = "the sale" }, now => now.State is ChangeState.WaitingForReview);
        Fault(HttpMethod.Put, OnePool, FaultKind.Throttle, delayMs: 60_000);
        await DoAsync(developer, Resize(9), now => now is { State: ChangeState.Approved, NotBefore: not null });

        WordsOf(await ApproveAsync(await LeadAsync(), change)).ShouldStartWith("Another change of checkout-app on orders-prod is under way.");
        (await NowAsync(change)).State.ShouldBe(ChangeState.WaitingForReview);
    }

    [Fact]
    public async Task What_was_withdrawn_cannot_be_approved()
    {
        var developer = await _portal.SignInDeveloperAsync();
        var change = await WaitingAsync(developer);
        (await _portal.Of<ChangeDecisions>().WithdrawAsync(developer, change.Id, CancellationToken.None)).ShouldBeNull();

        WordsOf(await ApproveAsync(await LeadAsync(), change)).ShouldBe("developer has withdrawn this.");
        Posts.ShouldBe(0);
    }

    [Fact]
    public async Task What_was_approved_by_rule_is_nobodys_to_decide()
    {
        var change = await CreateAsync();

        WordsOf(await DeclineAsync(await LeadAsync(), change)).ShouldBe("This does not wait for a review.");
        WordsOf(await SeenAsync(await LeadAsync(), change)).ShouldStartWith("This was not urgent");
        (await NowAsync(change)).State.ShouldBe(ChangeState.Done);
    }

    [Fact]
    public async Task A_request_that_is_not_there_is_said_so() =>
        WordsOf(await Reviews.ApproveAsync(await LeadAsync(), 4711, null, CancellationToken.None)).ShouldBe("There is no such request.");
}

public sealed class DecisionsOnSqliteTests() : DecisionTests(server: null);

public sealed class DecisionsOnPostgreSqlTests(SandboxFixture server) : DecisionTests(server);
