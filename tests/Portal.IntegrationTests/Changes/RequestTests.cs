using Portal.Changes;
using Portal.IntegrationTests.Sandbox;
using Portal.Inventory;
using Portal.Sandbox;
using Portal.Sandbox.Control;
using static Portal.Audit.AuditAction;

namespace Portal.IntegrationTests.Changes;

/// <summary>What people ask for, twice, at once, against each other and too late.</summary>
public abstract class RequestTests(SandboxFixture? server) : ChangeScene(server)
{
    [Fact]
    public async Task A_pool_above_the_rules_waits_for_a_review_and_nothing_is_sent()
    {
        var change = await _portal.CreateAsync(await _portal.SignInDeveloperAsync(), Request(size: "30"), now => now.State is ChangeState.WaitingForReview);

        change.Decision.ShouldContain("30 is more than the 19");
        Posts.ShouldBe(0);
        _portal.ActionsOf(change).ShouldBe([Requested, SentForReview]);
    }

    [Fact]
    public async Task A_name_that_somebody_took_meanwhile_is_a_conflict_and_nothing_is_sent()
    {
        await InThePanelAsync("checkout-app", size: 7);

        var change = await CreateAsync();

        change.State.ShouldBe(ChangeState.Conflict);
        change.Happened!.ShouldContain("size 7");
        _portal.ActionsOf(change).ShouldBe([Requested, ApprovedByRule, FoundConflict]);
        Posts.ShouldBe(1, "the one of the panel");
    }

    [Fact]
    public async Task A_cluster_that_filled_up_meanwhile_fails_with_the_figures()
    {
        await InThePanelAsync("someone-elses", size: 95);

        var change = await CreateAsync();

        change.State.ShouldBe(ChangeState.Failed);
        change.Happened!.ShouldContain("Pool size must be 2 or fewer");
        _portal.ActionsOf(change).ShouldBe([Requested, ApprovedByRule, Failed]);
    }

    [Fact]
    public async Task What_the_rules_no_longer_approve_is_not_made()
    {
        await InThePanelAsync("someone-elses", size: 75);

        var change = await CreateAsync();

        change.State.ShouldBe(ChangeState.Failed);
        change.Happened!.ShouldContain("a lead decides");
    }

    [Fact]
    public async Task The_same_form_sent_twice_is_one_change()
    {
        var developer = await _portal.SignInDeveloperAsync();
        var request = Request();

        var changes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _portal.SubmitAsync(developer, request)));

        changes.Select(change => change.Id).Distinct().ShouldHaveSingleItem();
        await _portal.WaitAsync(changes[0].Id, now => now.IsFinished);
        Effects("checkout-app").ShouldBe(1);
    }

    [Fact]
    public async Task Two_people_who_ask_for_one_name_make_one_pool()
    {
        var developer = await _portal.SignInDeveloperAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _portal.Of<ChangeRequests>().SubmitAsync(developer, Request(), CancellationToken.None)));

        var taken = answers.Where(answer => answer.TryGet(out var change, out _)).ToList();
        taken.ShouldHaveSingleItem().TryGet(out var only, out _);
        answers.Except(taken).ShouldAllBe(answer => answer.Match(_ => "", notTaken => notTaken.Mistakes[0].Message).Contains("under way") || answer.Match(_ => "", notTaken => notTaken.Mistakes[0].Message).Contains("already exists"));
        (await _portal.WaitAsync(only!.Id, now => now.IsFinished)).State.ShouldBe(ChangeState.Done);
        Posts.ShouldBe(1);
    }

    [Fact]
    public async Task A_request_that_waits_can_be_withdrawn_by_who_asked_and_by_nobody_else()
    {
        var developer = await _portal.SignInDeveloperAsync();
        var colleague = await _portal.SignInAsync("colleague", Access.Role.Developer, "payments");
        var change = await _portal.SubmitAsync(developer, Request(size: "30"));

        (await _portal.Of<ChangeDecisions>().WithdrawAsync(colleague, change.Id, CancellationToken.None)).ShouldNotBeNull();
        (await _portal.Of<ChangeDecisions>().WithdrawAsync(developer, change.Id, CancellationToken.None)).ShouldBeNull();

        var withdrawn = await _portal.WaitAsync(change.Id, now => now.IsFinished);
        withdrawn.State.ShouldBe(ChangeState.Withdrawn);
        _portal.ActionsOf(withdrawn).ShouldBe([Requested, SentForReview, ActionRefused, Withdrawn]);
        (await _portal.Of<ChangeDecisions>().WithdrawAsync(developer, change.Id, CancellationToken.None)).ShouldNotBeNull();
    }

    [Fact]
    public async Task What_a_stopped_portal_left_unknown_is_taken_up_by_the_next()
    {
        Fault(HttpMethod.Post, Pools, FaultKind.DropAfter);
        Fault(HttpMethod.Get, OnePool, FaultKind.Status, times: 1000, status: 500);
        var unknown = await CreateAsync(until: now => now.State is ChangeState.Unknown);
        await _portal.DisposeAsync();
        _sandbox.Faults.Clear();

        _portal = await PortalHost.StartAsync(_sandbox, _database);

        var change = await _portal.WaitAsync(unknown.Id, now => now.IsFinished);
        change.State.ShouldBe(ChangeState.Done);
        change.WasFoundAgain.ShouldBeTrue();
        Posts.ShouldBe(1);
    }

    [Fact]
    public async Task The_record_of_it_all_is_an_unbroken_chain_without_a_secret()
    {
        Fault(HttpMethod.Post, Pools, FaultKind.DropAfter);
        await CreateAsync();
        await CreateAsync("second-pool");

        var record = _portal.Record;
        SomeRecord.FirstBroken(record).ShouldBeNull();
        var text = string.Join('\n', record.Select(row => $"{row.Action} {row.ActorId} {row.Details}"));
        _sandbox.Secrets.Append("dop_v1_sandbox").ShouldAllBe(secret => !text.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_lead_can_say_that_a_pool_in_conflict_is_the_teams_own_and_a_developer_cannot()
    {
        await InThePanelAsync("checkout-app", size: 7, "checkout", "app");
        var conflict = await CreateAsync();
        conflict.State.ShouldBe(ChangeState.Conflict);
        var requests = _portal.Of<ChangeDecisions>();

        (await requests.TakeAsOursAsync(await _portal.SignInDeveloperAsync(), conflict.Id, CancellationToken.None))!.Message.ShouldContain("A lead of Payments");
        var otherLead = await _portal.SignInAsync("lead2", Access.Role.TeamLead, "orders", "orders-leads");
        (await requests.TakeAsOursAsync(otherLead, conflict.Id, CancellationToken.None)).ShouldNotBeNull();
        var lead = await _portal.SignInAsync("lead", Access.Role.TeamLead, "payments", "payments-leads");
        (await requests.TakeAsOursAsync(lead, conflict.Id, CancellationToken.None)).ShouldBeNull();

        var taken = await _portal.WaitAsync(conflict.Id, now => now.IsFinished);
        taken.State.ShouldBe(ChangeState.Done);
        _portal.ActionsOf(taken)[^1].ShouldBe(TakenAsOurs);
        (await _portal.Of<InventoryQueries>().FindManagedAsync(SandboxClusters.OrdersProd, "checkout-app", CancellationToken.None))!.Size.ShouldBe(7);
        Posts.ShouldBe(1, "the one of the panel");
    }

    [Fact]
    public async Task What_is_beyond_the_teams_rights_cannot_become_the_teams_own()
    {
        await InThePanelAsync("checkout-app", size: 7, "orders", "orders_app");
        var conflict = await CreateAsync();
        var lead = await _portal.SignInAsync("lead", Access.Role.TeamLead, "payments", "payments-leads");

        (await _portal.Of<ChangeDecisions>().TakeAsOursAsync(lead, conflict.Id, CancellationToken.None))!.Message.ShouldContain("may not use the database orders");

        (await _portal.Of<InventoryQueries>().FindManagedAsync(SandboxClusters.OrdersProd, "checkout-app", CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_session_that_ended_asks_for_nothing()
    {
        var answer = await _portal.Of<ChangeRequests>().SubmitAsync(new Access.SessionKey("no-such-session"), Request(), CancellationToken.None);

        answer.TryGet(out _, out var notTaken).ShouldBeFalse();
        notTaken!.Message.ShouldBe(Access.Refusal.SessionEnded.Message);
    }
}

public sealed class RequestsOnSqliteTests() : RequestTests(server: null);

public sealed class RequestsOnPostgreSqlTests(SandboxFixture server) : RequestTests(server);
