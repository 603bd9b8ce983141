using Portal.Changes;
using Portal.DigitalOcean;
using Portal.IntegrationTests.Sandbox;
using Portal.Inventory;
using Portal.Sandbox;
using Portal.Sandbox.Control;
using static Portal.Audit.AuditAction;

namespace Portal.IntegrationTests.Changes;

/// <summary>A change's way to its end, whatever DigitalOcean, the vault or the network do meanwhile.</summary>
public abstract class FaultTests(SandboxFixture? server) : ChangeScene(server)
{
    [Fact]
    public async Task A_pool_within_the_rules_is_made_at_once()
    {
        var change = await CreateAsync();

        change.State.ShouldBe(ChangeState.Done);
        change.WasFoundAgain.ShouldBeFalse();
        change.Steps.Select(step => step.Kind).Take(4).ShouldBe(
            [ChangeStepKind.CheckedPolicy, ChangeStepKind.Approved, ChangeStepKind.AskedDigitalOcean, ChangeStepKind.ReadBack]);
        Posts.ShouldBe(1);
        Effects("checkout-app").ShouldBe(1);
        _portal.ActionsOf(change).ShouldBe([Requested, ApprovedByRule, Sent, Answered, Done]);

        var managed = (await _portal.Of<InventoryQueries>().FindManagedAsync(SandboxClusters.OrdersProd, "checkout-app", CancellationToken.None))!;
        managed.Team.ShouldBe("Payments");
        managed.Fields.ShouldBe(new PoolFields(PoolMode.Transaction, 5, "checkout", "app"));
    }

    [Theory]
    [InlineData(FaultKind.DropAfter)]
    [InlineData(FaultKind.Truncate)]
    [InlineData(FaultKind.Malformed)]
    [InlineData(FaultKind.Empty)]
    public async Task A_create_whose_answer_was_lost_is_found_again_and_not_repeated(FaultKind kind)
    {
        Fault(HttpMethod.Post, Pools, kind);

        var change = await CreateAsync();

        change.State.ShouldBe(ChangeState.Done);
        change.WasFoundAgain.ShouldBeTrue();
        Posts.ShouldBe(1);
        _portal.ActionsOf(change).ShouldBe([Requested, ApprovedByRule, Sent, AnswerLost, FoundAgain, Done]);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(408)]
    [InlineData(504)]
    public async Task An_error_that_made_the_pool_all_the_same_is_found_again(int status)
    {
        Fault(HttpMethod.Post, Pools, FaultKind.StatusAfterEffect, status: status);

        var change = await CreateAsync();

        change.State.ShouldBe(ChangeState.Done);
        change.WasFoundAgain.ShouldBeTrue();
        Posts.ShouldBe(1);
    }

    [Theory]
    [InlineData(FaultKind.DropBefore, null)]
    [InlineData(FaultKind.Html, 502)]
    [InlineData(FaultKind.Status, 500)]
    [InlineData(FaultKind.Status, 503)]
    public async Task A_create_that_did_not_happen_is_sent_again_only_after_it_was_read_back(FaultKind kind, int? status)
    {
        Fault(HttpMethod.Post, Pools, kind, status: status);

        var change = await CreateAsync();

        change.State.ShouldBe(ChangeState.Done);
        change.Attempt.ShouldBe(2);
        Effects("checkout-app").ShouldBe(1);
        _portal.ActionsOf(change).ShouldBe([Requested, ApprovedByRule, Sent, AnswerLost, Sent, Answered, Done]);
        var calls = _sandbox.Ledger.Entries.Where(entry => entry.Path.Contains("/pools", StringComparison.Ordinal)).ToList();
        var first = calls.FindIndex(entry => entry.Method == "POST");
        calls.Skip(first + 1).TakeWhile(entry => entry.Method != "POST").Count(entry => entry.Path.EndsWith("/pools/checkout-app", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task After_three_more_attempts_a_person_is_asked()
    {
        Fault(HttpMethod.Post, Pools, FaultKind.DropBefore, times: 10);

        var change = await CreateAsync();

        change.State.ShouldBe(ChangeState.NeedsPerson);
        Posts.ShouldBe(4);
        change.ToDo!.ShouldContain("control panel");

        var developer = await _portal.SignInDeveloperAsync();
        (await _portal.Of<ChangeDecisions>().GiveUpAsync(developer, change.Id, CancellationToken.None)).ShouldBeNull();
        (await _portal.WaitAsync(change.Id, now => now.IsFinished)).State.ShouldBe(ChangeState.Failed);
        _portal.ActionsOf(change)[^1].ShouldBe(GivenUp);
    }

    [Fact]
    public async Task A_pool_that_appears_after_its_change_failed_is_linked_to_it()
    {
        await HasReadAllAsync();
        Fault(HttpMethod.Post, Pools, FaultKind.Status, status: 422);
        var failed = await CreateAsync();
        failed.State.ShouldBe(ChangeState.Failed);

        await InThePanelAsync("checkout-app", size: 5, "checkout", "app");
        await _portal.ReadAsync(SandboxClusters.OrdersProd);

        (await _portal.WaitAsync(failed.Id, now => now.AppearedAt is not null)).State.ShouldBe(ChangeState.Failed);
        _portal.ActionsOf(failed)[^1].ShouldBe(AppearedLate);
    }

    [Theory]
    [InlineData(422)]
    [InlineData(409)]
    public async Task A_refusal_of_something_that_is_not_there_fails_with_the_words_of_digitalocean(int status)
    {
        Fault(HttpMethod.Post, Pools, FaultKind.Status, status: status);

        var change = await CreateAsync();

        change.State.ShouldBe(ChangeState.Failed);
        change.ApiMessage.ShouldNotBeNullOrEmpty();
        change.ApiRequestId.ShouldNotBeNullOrEmpty();
        change.ToDo.ShouldNotBeNullOrEmpty();
        Posts.ShouldBe(1);
    }

    [Theory]
    [InlineData(422)]
    [InlineData(409)]
    public async Task A_refusal_without_an_unknown_attempt_of_ours_is_a_conflict_when_the_pool_is_there(int status)
    {
        // Somebody else makes the same pool between our look and our call: the same name, the same fields.
        Fault(HttpMethod.Post, Pools, FaultKind.StatusAfterEffect, status: status);

        var change = await CreateAsync();

        change.State.ShouldBe(ChangeState.Conflict);
        Posts.ShouldBe(1);
        _portal.ActionsOf(change).ShouldBe([Requested, ApprovedByRule, Sent, FoundConflict]);
    }

    [Fact]
    public async Task A_refusal_after_an_unknown_attempt_of_ours_is_our_own_pool()
    {
        Fault(HttpMethod.Post, Pools, FaultKind.DropBefore);
        Fault(HttpMethod.Post, Pools, FaultKind.StatusAfterEffect, status: 422);

        var change = await CreateAsync();

        change.State.ShouldBe(ChangeState.Done);
        change.WasFoundAgain.ShouldBeTrue();
        Posts.ShouldBe(2);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(405)]
    public async Task Every_other_refusal_fails_and_says_what_to_do(int status)
    {
        Fault(HttpMethod.Post, Pools, FaultKind.Status, times: 2, status: status);

        var change = await CreateAsync();

        change.State.ShouldBe(ChangeState.Failed);
        change.Happened.ShouldNotBeNullOrEmpty();
        change.ToDo.ShouldNotBeNullOrEmpty();
        Effects("checkout-app").ShouldBe(0);
    }

    [Fact]
    public async Task A_token_that_was_replaced_is_read_again_from_the_vault()
    {
        Fault(HttpMethod.Post, Pools, FaultKind.Status, status: 401);

        var change = await CreateAsync();

        change.State.ShouldBe(ChangeState.Done);
        change.Attempt.ShouldBe(1);
        Posts.ShouldBe(2);
    }

    [Fact]
    public async Task A_rate_limit_waits_and_then_goes_on()
    {
        Fault(HttpMethod.Post, Pools, FaultKind.Throttle, delayMs: 1000);

        var waiting = await CreateAsync(until: now => now is { State: ChangeState.Approved, NotBefore: not null });
        waiting.Happened!.ShouldContain("rate limit is reached until");
        waiting.Attempt.ShouldBe(0);

        var change = await _portal.WaitAsync(waiting.Id, now => now.IsFinished);
        change.State.ShouldBe(ChangeState.Done);
        change.WasFoundAgain.ShouldBeFalse();
        _portal.ActionsOf(change).ShouldBe([Requested, ApprovedByRule, Sent, Postponed, Sent, Answered, Done]);
    }

    [Fact]
    public async Task A_cluster_that_is_not_ready_is_asked_again()
    {
        Fault(HttpMethod.Post, Pools, FaultKind.Status, times: 3, status: 412);

        var change = await CreateAsync();

        change.State.ShouldBe(ChangeState.Done);
        change.NotReadyAnswers.ShouldBe(3);
    }

    [Fact]
    public async Task A_cluster_that_never_becomes_ready_ends_in_a_failure()
    {
        Fault(HttpMethod.Post, Pools, FaultKind.Status, times: 20, status: 412);

        var change = await CreateAsync();

        change.State.ShouldBe(ChangeState.Failed);
        Posts.ShouldBe(11);
    }

    [Fact]
    public async Task A_sealed_vault_is_waited_for()
    {
        await RestartSealedAsync();

        var waiting = await CreateAsync(until: now => now is { State: ChangeState.Approved, Happened: not null });
        waiting.Happened!.ShouldContain("vault");
        _sandbox.Unseal();

        (await _portal.WaitAsync(waiting.Id, now => now.IsFinished)).State.ShouldBe(ChangeState.Done);
    }

    [Fact]
    public async Task An_api_that_cannot_be_reached_is_waited_for()
    {
        Fault(HttpMethod.Get, "/v2/databases/*", FaultKind.DropBefore, times: 4);

        (await CreateAsync()).State.ShouldBe(ChangeState.Done);
        Posts.ShouldBe(1);
    }

    [Fact]
    public async Task A_reading_back_that_fails_is_repeated()
    {
        Fault(HttpMethod.Post, Pools, FaultKind.DropAfter);
        Fault(HttpMethod.Get, OnePool, FaultKind.Status, times: 3, status: 500);

        var change = await CreateAsync();

        change.State.ShouldBe(ChangeState.Done);
        change.WasFoundAgain.ShouldBeTrue();
        Posts.ShouldBe(1);
    }

    [Fact]
    public async Task A_created_pool_that_cannot_be_read_back_is_done_all_the_same()
    {
        // Once more than a read is repeated.
        Fault(HttpMethod.Get, OnePool, FaultKind.Status, times: 4, status: 500);

        var change = await CreateAsync();

        change.State.ShouldBe(ChangeState.Done);
        change.Steps.Single(step => step.Kind is ChangeStepKind.ReadBack).Text!.ShouldContain("not read back");
    }
}

public sealed class FaultsOnSqliteTests() : FaultTests(server: null);

public sealed class FaultsOnPostgreSqlTests(SandboxFixture server) : FaultTests(server);
