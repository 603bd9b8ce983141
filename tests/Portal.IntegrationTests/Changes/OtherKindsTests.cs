using Portal.Access;
using Portal.Changes;
using Portal.DigitalOcean;
using Portal.IntegrationTests.Sandbox;
using Portal.Inventory;
using Portal.Sandbox;
using Portal.Sandbox.Control;
using static Portal.Audit.AuditAction;

namespace Portal.IntegrationTests.Changes;

/// <summary>Deleting a pool, adopting one, and a new password for its user.</summary>
public abstract class OtherKindsTests(SandboxFixture? server) : ExistingScene(server)
{
    [Fact]
    public async Task A_pool_is_deleted_after_its_name_was_typed_and_its_history_stays()
    {
        var developer = await WithPoolAsync();

        (await RefusedAsync(developer, Ask(ChangeKind.Delete) with { Confirmation = "" })).ShouldBe("Type checkout-app to confirm");
        var change = await DoAsync(developer, Ask(ChangeKind.Delete));

        change.State.ShouldBe(ChangeState.Done);
        change.Fields.ShouldBe(AsMade, "so that it can be created again as it was");
        (await AtDigitalOceanAsync()).ShouldBeNull();
        (await ManagedAsync()).ShouldBeNull();
        (await _portal.Of<InventoryQueries>().FindAsync(SandboxClusters.OrdersProd, CancellationToken.None))!.Pools.ShouldBeEmpty();
        Deletes.ShouldBe(1);
        (await _portal.Of<ChangeQueries>().OfPoolAsync(SandboxClusters.OrdersProd, Name, 10, CancellationToken.None)).Select(row => row.Kind)
            .ShouldBe([ChangeKind.Delete, ChangeKind.Create]);
    }

    [Theory]
    [InlineData(FaultKind.DropAfter, null)]
    [InlineData(FaultKind.StatusAfterEffect, 500)]
    public async Task A_delete_whose_answer_was_lost_is_found_done_and_not_repeated(FaultKind kind, int? status)
    {
        var developer = await WithPoolAsync();
        Once(HttpMethod.Delete, kind, status);

        var change = await DoAsync(developer, Ask(ChangeKind.Delete));

        change.State.ShouldBe(ChangeState.Done);
        change.WasFoundAgain.ShouldBeTrue();
        Deletes.ShouldBe(1);
    }

    [Fact]
    public async Task A_delete_that_did_not_happen_is_sent_again_while_the_pool_is_what_was_seen()
    {
        var developer = await WithPoolAsync();
        Once(HttpMethod.Delete, FaultKind.DropBefore);

        var change = await DoAsync(developer, Ask(ChangeKind.Delete));

        change.State.ShouldBe(ChangeState.Done);
        Deletes.ShouldBe(2);
        (await AtDigitalOceanAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task A_pool_that_somebody_changed_meanwhile_is_not_deleted()
    {
        var developer = await WithPoolAsync();
        await ChangeInThePanelAsync(AsMade with { Size = 7 });

        var change = await DoAsync(developer, Ask(ChangeKind.Delete));

        change.State.ShouldBe(ChangeState.Conflict);
        Deletes.ShouldBe(0);
        (await _portal.Of<ChangeDecisions>().TakeAsOursAsync(await LeadAsync(), change.Id, CancellationToken.None))!.Message.ShouldContain("still on orders-prod");
        (await _portal.Of<ChangeDecisions>().GiveUpAsync(developer, change.Id, CancellationToken.None)).ShouldBeNull();
        (await ManagedAsync()).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_pool_that_somebody_deleted_before_is_said_so()
    {
        var developer = await WithPoolAsync();
        await DeleteInThePanelAsync();

        var change = await DoAsync(developer, Ask(ChangeKind.Delete));

        change.State.ShouldBe(ChangeState.Failed);
        change.Happened!.ShouldContain("somebody else deleted it");
        Deletes.ShouldBe(1, "the one of the panel");
    }

    [Fact]
    public async Task A_pool_made_elsewhere_is_adopted_by_a_lead_for_a_team_that_may_use_it()
    {
        await InThePanelAsync("old-checkout", size: 4, "checkout", "app");
        await InThePanelAsync("old-orders", size: 4, "orders", "orders_app");
        await _portal.ReadAsync(SandboxClusters.OrdersProd);
        var seen = AsMade with { Size = 4 };
        var lead = await LeadAsync();

        (await RefusedAsync(await _portal.SignInDeveloperAsync(), Adopt("old-checkout", seen))).ShouldContain("Leads adopt pools");
        (await RefusedAsync(lead, Adopt("old-checkout", seen) with { Team = null })).ShouldBe("Choose a team");
        (await RefusedAsync(lead, Adopt("old-checkout", seen) with { Team = "Orders" })).ShouldContain("You cannot adopt pools for Orders");
        (await RefusedAsync(lead, Adopt("old-orders", new PoolFields(PoolMode.Transaction, 4, "orders", "orders_app")))).ShouldContain("cannot become theirs");
        var change = await DoAsync(lead, Adopt("old-checkout", seen));

        change.State.ShouldBe(ChangeState.Done);
        var managed = (await ManagedAsync("old-checkout"))!;
        managed.Team.ShouldBe("Payments");
        managed.Fields.ShouldBe(seen);
        managed.OwnerName.ShouldBe("lead");
        Puts.ShouldBe(0);
        _portal.ActionsOf(change)[^1].ShouldBe(Done);
        (await RefusedAsync(lead, Adopt("old-checkout", seen))).ShouldContain("belongs to Payments already");
    }

    [Fact]
    public async Task What_was_seen_is_what_is_adopted_or_nothing()
    {
        await InThePanelAsync("old-checkout", size: 4, "checkout", "app");
        await _portal.ReadAsync(SandboxClusters.OrdersProd);
        await ChangeInThePanelAsync(new PoolFields(PoolMode.Transaction, 4, "orders", "orders_app"), "old-checkout");

        var change = await DoAsync(await LeadAsync(), Adopt("old-checkout", AsMade with { Size = 4 }));

        change.State.ShouldBe(ChangeState.Failed);
        (await ManagedAsync("old-checkout")).ShouldBeNull();
    }

    [Fact]
    public async Task A_user_who_is_behind_another_teams_pool_is_adopted_only_after_a_review()
    {
        var orders = await _portal.SignInAsync("lead2", Role.TeamLead, "orders", "orders-leads");
        await InThePanelAsync("first", size: 2);
        await InThePanelAsync("second", size: 2);
        await _portal.ReadAsync(SandboxClusters.OrdersProd);
        var seen = new PoolFields(PoolMode.Transaction, 2, "orders", "orders_app");
        (await DoAsync(orders, Adopt("first", seen) with { Team = "Orders" })).State.ShouldBe(ChangeState.Done);

        // An inbound-user pool opens the door to every user of the database.
        await ChangeInThePanelAsync(seen with { User = null }, "second");
        await _portal.ReadAsync(SandboxClusters.OrdersProd);
        (await RefusedAsync(orders, Adopt("second", seen with { User = null }) with { Team = "Orders" })).ShouldContain("a lead decides");
        var waiting = await DoAsync(orders, Adopt("second", seen with { User = null }) with { Team = "Orders", Reason = "ours" }, now => now.State is ChangeState.WaitingForReview);
        waiting.Decision.ShouldContain("inbound-user");
    }

    [Fact]
    public async Task What_somebody_changed_in_the_panel_is_taken_over_by_a_lead_and_stays_the_owners()
    {
        await WithPoolAsync();
        var drifted = AsMade with { Size = 8, Mode = PoolMode.Session };
        await ChangeInThePanelAsync(drifted);
        await _portal.ReadAsync(SandboxClusters.OrdersProd);

        (await DoAsync(await LeadAsync(), Ask(ChangeKind.Adopt, drifted))).State.ShouldBe(ChangeState.Done);

        var managed = (await ManagedAsync())!;
        managed.Fields.ShouldBe(drifted);
        managed.OwnerName.ShouldBe("developer");
        Puts.ShouldBe(1, "the one of the panel");
    }

    [Fact]
    public async Task A_drift_to_a_user_that_is_not_the_teams_cannot_be_taken_over()
    {
        await WithPoolAsync();
        var drifted = new PoolFields(PoolMode.Transaction, 5, "orders", "orders_app");
        await ChangeInThePanelAsync(drifted);
        await _portal.ReadAsync(SandboxClusters.OrdersProd);

        (await RefusedAsync(await LeadAsync(), Ask(ChangeKind.Adopt, drifted))).ShouldContain("cannot become theirs");
    }

    [Fact]
    public async Task A_password_is_reset_by_a_lead_who_types_the_users_name_and_is_kept_nowhere()
    {
        var developer = await WithPoolAsync();
        var before = await PasswordAsync();

        (await RefusedAsync(developer, Ask(ChangeKind.ResetPassword))).ShouldContain("Only a lead of Payments");
        (await RefusedAsync(await LeadAsync(), Ask(ChangeKind.ResetPassword) with { Confirmation = Name })).ShouldBe("Type app to confirm");
        var change = await DoAsync(await LeadAsync(), Ask(ChangeKind.ResetPassword));

        change.State.ShouldBe(ChangeState.Done);
        var after = await PasswordAsync();
        after.ShouldNotBe(before);
        Resets.ShouldBe(1);
        System.Text.Json.JsonSerializer.Serialize(_portal.ReadAll<PoolChange>()).ShouldNotContain(after);
        _portal.Record.ShouldAllBe(row => !row.Details.Contains(after, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(FaultKind.DropAfter)]
    [InlineData(FaultKind.DropBefore)]
    public async Task A_reset_whose_answer_was_lost_is_left_to_a_person_and_never_repeated(FaultKind kind)
    {
        await WithPoolAsync();
        var lead = await LeadAsync();
        Fault(HttpMethod.Post, "/v2/databases/*/users/*/reset_auth", kind);

        var change = await DoAsync(lead, Ask(ChangeKind.ResetPassword));

        change.State.ShouldBe(ChangeState.NeedsPerson);
        Resets.ShouldBe(1);
        (await _portal.Of<ChangeDecisions>().TakeAsOursAsync(lead, change.Id, CancellationToken.None)).ShouldBeNull();
        (await _portal.WaitAsync(change.Id, now => now.IsFinished)).State.ShouldBe(ChangeState.Done);
    }

    private int Resets => _sandbox.Ledger.Count(HttpMethod.Post, "/v2/databases/*/users/*/reset_auth");

    private static ExistingPoolRequest Adopt(string pool, PoolFields seen) => Ask(ChangeKind.Adopt, seen, pool) with { Team = "Payments" };

    private async Task<string> PasswordAsync()
    {
        using var api = new SandboxApi(_sandbox);
        return (await api.GetAsync($"/v2/databases/{SandboxClusters.OrdersProd}/users/app")).Json.GetProperty("user").GetProperty("password").GetString()!;
    }
}

public sealed class OtherKindsOnSqliteTests() : OtherKindsTests(server: null);

public sealed class OtherKindsOnPostgreSqlTests(SandboxFixture server) : OtherKindsTests(server);
