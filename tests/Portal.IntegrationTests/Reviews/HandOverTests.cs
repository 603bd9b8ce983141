using Portal.Audit;
using Portal.Changes;
using Portal.IntegrationTests.Sandbox;
using Portal.Reviews.LookAfter;

namespace Portal.IntegrationTests.Reviews;

[Trait("Database", "SQLite")]
public sealed class HandOverOnSqliteTests() : HandOverTests(server: null);

[Trait("Database", "PostgreSQL")]
public sealed class HandOverOnPostgreSqlTests(SandboxFixture server) : HandOverTests(server);

/// <summary>To whom a pool may go: whose it is may have its password.</summary>
public abstract class HandOverTests(SandboxFixture? server) : CareScene(server)
{
    [Fact]
    public async Task A_pool_goes_to_a_team_that_may_use_it_and_to_an_owner_who_belongs_to_it()
    {
        await _portal.SignInDeveloperAsync();
        var pool = await MakeAsync("moving-app", "Orders");
        var lead = await AsAsync("lead of Orders");

        (await NotTakenAsync(Handing.GiveAsync(lead, [pool], "", "test|developer", Stop))).Mistakes[0].ShouldBe(new(ChangeField.Team, "Choose a team"));
        (await NotTakenAsync(Handing.GiveAsync(lead, [pool], "Nowhere", "test|developer", Stop))).Mistakes[0].Message.ShouldBe("There is no team Nowhere any more");
        (await NotTakenAsync(Handing.GiveAsync(lead, [pool], "Payments", "test|lead2", Stop))).Mistakes[0].ShouldBe(new(ChangeField.User, "Choose an owner who belongs to Payments"));
        var outcomes = await OutcomesAsync(Handing.GiveAsync(lead, [pool], "Payments", "test|developer", Stop));

        outcomes[0].ShouldBe(CareOutcome.Done(pool, "Handed over to developer of Payments."));
        var managed = (await ManagedAsync("moving-app"))!;
        (managed.Team, managed.OwnerId, managed.LastLookBy).ShouldBe(("Payments", "test|developer", "lead2"));
        var row = Recorded(AuditAction.HandedOver).Single();
        row.ActorId.ShouldBe("test|lead2");
        row.Details.ShouldContain("\"fromTeam\":\"Orders\"");
        row.Details.ShouldContain("\"toTeam\":\"Payments\"");
        (await OutcomesAsync(Care.KeepAsync(lead, [pool], Stop)))[0].Words.ShouldBe("Only a lead of Payments can do that.");
    }

    [Theory]
    [InlineData("lead")]
    [InlineData("admin")]
    public async Task A_pool_never_goes_to_a_team_that_may_not_use_its_database_as_its_user(string who)
    {
        await AsAsync("lead of Orders");
        var pool = await MakeAsync("staying-app");

        var outcomes = await OutcomesAsync(Handing.GiveAsync(await AsAsync(who), [pool], "Orders", "test|lead2", Stop));

        outcomes[0].ShouldBe(CareOutcome.Refused(pool, "Orders may not use the database checkout of orders-prod as app."));
        (await ManagedAsync("staying-app"))!.Team.ShouldBe("Payments");
        Recorded(AuditAction.HandedOver).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_somebody_changed_outside_the_portal_counts_too()
    {
        await _portal.SignInDeveloperAsync();
        var pool = await MakeAsync("drifted-app", "Orders");
        await ChangeInThePanelAsync(new(Portal.DigitalOcean.PoolMode.Transaction, 5, "orders", "orders_app"), "drifted-app");
        await _portal.ReadAsync(pool.ClusterId);

        var outcomes = await OutcomesAsync(Handing.GiveAsync(await AsAsync("lead of Orders"), [pool], "Payments", "test|developer", Stop));

        outcomes[0].Words.ShouldBe("Payments may not use the database orders of orders-prod as orders_app.");
    }

    [Fact]
    public async Task A_user_who_stays_behind_another_of_the_old_teams_pools_is_shared_by_an_admin_only()
    {
        await _portal.SignInDeveloperAsync();
        PoolKey[] pools = [await MakeAsync("first-app", "Orders"), await MakeAsync("second-app", "Orders")];

        var byLead = await OutcomesAsync(Handing.GiveAsync(await AsAsync("lead of Orders"), [pools[0]], "Payments", "test|developer", Stop));
        var byAdmin = await OutcomesAsync(Handing.GiveAsync(await AsAsync("admin"), [pools[0]], "Payments", "test|developer", Stop));

        byLead[0].Words.ShouldBe("App is behind second-app of the team Orders already. An admin can hand it over.");
        byAdmin[0].Result.ShouldBe(CareResult.Done);
    }

    [Fact]
    public async Task A_pool_with_an_open_change_stays_and_within_the_team_it_may_go()
    {
        await _portal.SignInDeveloperAsync();
        var pool = await MakeAsync("busy-app", "Orders");
        var lead = await AsAsync("lead of Orders");
        var change = await DoAsync(lead, Resize(60) with { PoolName = "busy-app", Reason = "a sale" }, now => now.State is ChangeState.WaitingForReview);

        var toOthers = await OutcomesAsync(Handing.GiveAsync(lead, [pool], "Payments", "test|developer", Stop));
        var within = await OutcomesAsync(Handing.GiveAsync(lead, [pool], "Orders", "test|lead2", Stop));
        var again = await OutcomesAsync(Handing.GiveAsync(lead, [pool], "Orders", "test|lead2", Stop));

        toOthers[0].Words.ShouldStartWith($"Change {change.Id} of it is not finished.");
        toOthers[0].ChangeId.ShouldBe(change.Id);
        within[0].Result.ShouldBe(CareResult.Done);
        again[0].Words.ShouldBe("It is lead2's of Orders already.");
        (await ManagedAsync("busy-app"))!.OwnerName.ShouldBe("lead2");
    }

    [Fact]
    public async Task Who_has_not_signed_in_owns_nothing()
    {
        var pool = await MakeAsync("moving-app", "Orders");

        var notTaken = await NotTakenAsync(Handing.GiveAsync(await AsAsync("lead of Orders"), [pool], "Payments", "test|developer", Stop));

        notTaken.Mistakes[0].Message.ShouldBe("Nobody of Payments has signed in of late. Somebody has to, so that a pool can be theirs");
    }
}
