using Portal.Changes;
using Portal.DigitalOcean;
using Portal.IntegrationTests.Sandbox;
using Portal.Sandbox;
using Portal.Sandbox.Control;
using static Portal.Audit.AuditAction;

namespace Portal.IntegrationTests.Changes;

/// <summary>Another size, mode, database or user for a pool that is there.</summary>
public abstract class UpdateTests(SandboxFixture? server) : ExistingScene(server)
{
    [Fact]
    public async Task A_resize_changes_the_size_and_keeps_the_user_the_mode_and_the_database()
    {
        var developer = await WithPoolAsync();

        var change = await DoAsync(developer, Resize(9));

        change.State.ShouldBe(ChangeState.Done);
        (await AtDigitalOceanAsync()).ShouldBe(AsMade with { Size = 9 });
        Puts.ShouldBe(1);
        _portal.ActionsOf(change).ShouldBe([Requested, ApprovedByRule, Sent, Answered, Done]);
        var managed = (await ManagedAsync())!;
        managed.Fields.ShouldBe(AsMade with { Size = 9 });
        managed.LastChangeId.ShouldBe(change.Id);
        managed.OwnerName.ShouldBe("developer");
    }

    [Fact]
    public async Task The_api_would_lose_the_user_of_a_change_that_leaves_it_out()
    {
        await WithPoolAsync();
        using var api = new SandboxApi(_sandbox);

        await api.PutAsync(SandboxApi.Pool(SandboxClusters.OrdersProd, Name), new { mode = "transaction", size = 9, db = "checkout" });

        (await AtDigitalOceanAsync())!.User.ShouldBeNull();
    }

    [Fact]
    public async Task A_size_above_the_rules_waits_for_a_lead_and_a_smaller_one_never_does()
    {
        var developer = await WithPoolAsync();

        (await RefusedAsync(developer, Resize(30))).ShouldContain("a lead decides");
        var waiting = await DoAsync(developer, Resize(30) with { Reason = "the sale" }, now => now.State is ChangeState.WaitingForReview);
        waiting.Decision.ShouldContain("30 is more than the 19");
        Puts.ShouldBe(0);

        (await DoAsync(developer, Resize(2))).State.ShouldBe(ChangeState.Done);
        var overtaken = await _portal.WaitAsync(waiting.Id, now => now.IsFinished);
        overtaken.State.ShouldBe(ChangeState.Failed);
        overtaken.Happened!.ShouldStartWith("Overtaken by change");
        _portal.ActionsOf(overtaken)[^1].ShouldBe(Overtaken);
    }

    [Theory]
    [InlineData("0", "Pool size must be 1 or more")]
    [InlineData("98", "Pool size must be 97 or fewer. orders-prod has 92 connections free besides this pool's 5")]
    [InlineData("5", "Pool size is 5 already. Enter another")]
    [InlineData("many", "Pool size must be a whole number, like 5")]
    [InlineData(null, "Enter a pool size")]
    public async Task A_size_that_cannot_be_is_refused(string? size, string message)
    {
        var developer = await WithPoolAsync();

        (await RefusedAsync(developer, Ask(ChangeKind.Resize) with { Size = size })).ShouldBe(message);
    }

    [Fact]
    public async Task An_edit_of_mode_database_and_user_asks_for_the_name_and_does_all_three()
    {
        var lead = await LeadAsync();
        await WithPoolAsync();
        var edit = Ask(ChangeKind.Edit) with { Mode = PoolMode.Session };

        (await RefusedAsync(lead, edit with { Confirmation = "checkout" })).ShouldBe("Type checkout-app to confirm");
        var change = await DoAsync(lead, edit);

        change.State.ShouldBe(ChangeState.Done);
        (await AtDigitalOceanAsync()).ShouldBe(AsMade with { Mode = PoolMode.Session });
        (await ManagedAsync())!.Mode.ShouldBe(PoolMode.Session);
    }

    [Fact]
    public async Task An_edit_reaches_no_user_and_no_database_that_are_not_the_teams()
    {
        var developer = await WithPoolAsync();

        (await RefusedAsync(developer, Ask(ChangeKind.Edit) with { User = "orders_app" })).ShouldContain("may not use the database user orders_app");
        (await RefusedAsync(developer, Ask(ChangeKind.Edit) with { Database = "orders" })).ShouldContain("may not use the database orders");
        (await RefusedAsync(developer, Ask(ChangeKind.Edit) with { IsInboundUser = true })).ShouldContain("a lead decides");
        (await RefusedAsync(developer, Ask(ChangeKind.Edit))).ShouldContain("Nothing is different");
        Puts.ShouldBe(0);
    }

    [Fact]
    public async Task Another_team_changes_nothing()
    {
        await WithPoolAsync();
        var other = await _portal.SignInAsync("developer2", Access.Role.Developer, "orders");
        var admin = await _portal.SignInAsync("admin", Access.Role.Admin);

        foreach (var session in new[] { other, admin })
        {
            (await RefusedAsync(session, Resize(6))).ShouldContain("belongs to the team Payments");
            (await RefusedAsync(session, Ask(ChangeKind.Edit) with { Mode = PoolMode.Session })).ShouldContain("belongs to the team Payments");
            (await RefusedAsync(session, Ask(ChangeKind.Delete))).ShouldContain("belongs to the team Payments");
        }

        _portal.ActionsOf(_portal.ReadAll<PoolChange>().Single()).ShouldNotContain(Overtaken);
    }

    [Fact]
    public async Task Somebody_who_changes_the_pool_in_the_panel_meanwhile_makes_it_a_conflict_and_nothing_is_sent()
    {
        var developer = await WithPoolAsync();
        await ChangeInThePanelAsync(AsMade with { Size = 7 });

        var change = await DoAsync(developer, Resize(9));

        change.State.ShouldBe(ChangeState.Conflict);
        change.Happened!.ShouldContain("size 7");
        Puts.ShouldBe(1, "the one of the panel");
        (await AtDigitalOceanAsync())!.Size.ShouldBe(7);

        (await _portal.Of<ChangeDecisions>().TakeAsOursAsync(developer, change.Id, CancellationToken.None))!.Message.ShouldContain("A lead of Payments");
        (await _portal.Of<ChangeDecisions>().TakeAsOursAsync(await LeadAsync(), change.Id, CancellationToken.None)).ShouldBeNull();
        (await ManagedAsync())!.Size.ShouldBe(7);
    }

    [Fact]
    public async Task A_pool_that_is_gone_by_then_fails_and_nothing_is_sent()
    {
        var developer = await WithPoolAsync();
        await DeleteInThePanelAsync();

        var change = await DoAsync(developer, Resize(9));

        change.State.ShouldBe(ChangeState.Failed);
        change.Happened.ShouldBe("checkout-app is not on orders-prod any more.");
        Puts.ShouldBe(0);
    }

    [Theory]
    [InlineData(FaultKind.DropAfter, null)]
    [InlineData(FaultKind.StatusAfterEffect, 500)]
    [InlineData(FaultKind.StatusAfterEffect, 504)]
    public async Task A_resize_whose_answer_was_lost_is_found_and_not_repeated(FaultKind kind, int? status)
    {
        var developer = await WithPoolAsync();
        Once(HttpMethod.Put, kind, status);

        var change = await DoAsync(developer, Resize(9));

        change.State.ShouldBe(ChangeState.Done);
        change.WasFoundAgain.ShouldBeTrue();
        Puts.ShouldBe(1);
        _portal.ActionsOf(change).ShouldBe([Requested, ApprovedByRule, Sent, AnswerLost, FoundAgain, Done]);
    }

    [Theory]
    [InlineData(FaultKind.DropBefore, null)]
    [InlineData(FaultKind.Status, 503)]
    [InlineData(FaultKind.Html, 502)]
    public async Task A_resize_that_did_not_happen_is_sent_again_only_after_it_was_read_back(FaultKind kind, int? status)
    {
        var developer = await WithPoolAsync();
        Once(HttpMethod.Put, kind, status);

        var change = await DoAsync(developer, Resize(9));

        change.State.ShouldBe(ChangeState.Done);
        change.Attempt.ShouldBe(2);
        (await AtDigitalOceanAsync()).ShouldBe(AsMade with { Size = 9 });
    }

    [Fact]
    public async Task A_resize_that_never_happens_asks_a_person()
    {
        var developer = await WithPoolAsync();
        Once(HttpMethod.Put, FaultKind.DropBefore, times: 10);

        var change = await DoAsync(developer, Resize(9));

        change.State.ShouldBe(ChangeState.NeedsPerson);
        Puts.ShouldBe(4);
        (await _portal.Of<ChangeDecisions>().GiveUpAsync(developer, change.Id, CancellationToken.None)).ShouldBeNull();
        (await ManagedAsync())!.Size.ShouldBe(5);
    }

    [Theory]
    [InlineData(422)]
    [InlineData(409)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task A_refusal_fails_with_the_words_of_digitalocean(int status)
    {
        var developer = await WithPoolAsync();
        Once(HttpMethod.Put, FaultKind.Status, status);

        var change = await DoAsync(developer, Resize(9));

        change.State.ShouldBe(ChangeState.Failed);
        change.ApiRequestId.ShouldNotBeNullOrEmpty();
        Puts.ShouldBe(1);
        (await AtDigitalOceanAsync()).ShouldBe(AsMade);
    }

    [Fact]
    public async Task Somebody_who_changes_the_pool_while_our_answer_is_lost_makes_it_a_conflict()
    {
        var developer = await WithPoolAsync();
        Once(HttpMethod.Put, FaultKind.DropBefore);
        Fault(HttpMethod.Get, OnePool, FaultKind.Status, times: 1000, status: 500);
        var unknown = await DoAsync(developer, Resize(9), now => now.State is ChangeState.Unknown);
        await ChangeInThePanelAsync(AsMade with { Mode = PoolMode.Session });
        _sandbox.Faults.Clear();

        (await _portal.WaitAsync(unknown.Id, now => now.State is ChangeState.Conflict)).Happened!.ShouldContain("session, size 5");
        (await AtDigitalOceanAsync())!.Size.ShouldBe(5);
    }

    [Fact]
    public async Task A_second_change_of_the_same_pool_waits_for_the_first_to_end()
    {
        var developer = await WithPoolAsync();
        Fault(HttpMethod.Put, OnePool, FaultKind.Throttle, delayMs: 60_000);
        await DoAsync(developer, Resize(9), now => now is { State: ChangeState.Approved, NotBefore: not null });

        (await RefusedAsync(developer, Resize(7))).ShouldContain("under way");
    }

    [Fact]
    public async Task A_drifted_pool_is_put_back_with_all_its_fields_and_a_resize_accepts_no_drift()
    {
        var lead = await LeadAsync();
        await WithPoolAsync();
        var drifted = new PoolFields(PoolMode.Session, 8, "orders", "orders_app");
        await ChangeInThePanelAsync(drifted);
        await _portal.ReadAsync(SandboxClusters.OrdersProd);

        (await DoAsync(lead, Resize(9, drifted))).State.ShouldBe(ChangeState.Done);
        var managed = (await ManagedAsync())!;
        managed.Fields.ShouldBe(AsMade with { Size = 9 }, "what somebody else made of it was approved by nobody");

        var back = Ask(ChangeKind.Edit, drifted with { Size = 9 }) with { Mode = PoolMode.Transaction, Database = "checkout", User = "app", Size = "5" };
        (await DoAsync(lead, back)).State.ShouldBe(ChangeState.Done);
        (await AtDigitalOceanAsync()).ShouldBe(AsMade);
        (await ManagedAsync())!.Fields.ShouldBe(AsMade);
    }
}

public sealed class UpdatesOnSqliteTests() : UpdateTests(server: null);

public sealed class UpdatesOnPostgreSqlTests(SandboxFixture server) : UpdateTests(server);
