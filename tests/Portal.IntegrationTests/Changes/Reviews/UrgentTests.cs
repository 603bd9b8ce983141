using Portal.Access;
using Portal.Changes;
using Portal.IntegrationTests.Sandbox;
using static Portal.Audit.AuditAction;

namespace Portal.IntegrationTests.Changes.Reviews;

/// <summary>A resize that cannot wait: at once, with a reason, within what is possible, and open until a lead has looked at it.</summary>
public abstract class UrgentTests(SandboxFixture? server) : ReviewScene(server)
{
    private static ExistingPoolRequest Urgent(int size, string? reason = "clients are waiting") => Resize(size) with { IsUrgent = true, Reason = reason };

    [Fact]
    public async Task It_runs_at_once_and_stays_open_until_a_lead_other_than_who_asked_has_looked_at_it()
    {
        await WithPoolAsync();
        var (lead, other) = (await LeadAsync(), await OtherLeadAsync());

        var change = await DoAsync(lead, Urgent(40));

        change.State.ShouldBe(ChangeState.Done);
        (await AtDigitalOceanAsync())!.Size.ShouldBe(40);
        ActionsSince(change).ShouldBe([Requested, RunUrgently, Sent, Answered, Done]);
        (change.IsUrgent, change.DecidedById, change.SeenAt).ShouldBe((true, null, null));

        WordsOf(await SeenAsync(lead, change)).ShouldBe("You asked for this, so somebody else decides: lead3.");
        WordsOf(await SeenAsync(await LeadOfOrdersAsync(), change)).ShouldBe("Lead3 can decide this.");
        WordsOf(await SeenAsync(await AdminAsync(), change)).ShouldBe("Lead3 can decide this.");
        WordsOf(await SeenAsync(await _portal.SignInDeveloperAsync(), change)).ShouldBe("Lead3 can decide this.");
        (await NowAsync(change)).SeenById.ShouldBeNull();

        (await SeenAsync(other, change)).ShouldBeNull();

        var seen = await NowAsync(change);
        (seen.SeenById, seen.State, seen.Version).ShouldBe((PersonOf + "lead3", ChangeState.Done, (await NowAsync(change)).Version));
        ActionsSince(change)[^1].ShouldBe(UrgentSeen);
        RowOf(change, UrgentSeen).ActorId.ShouldBe(PersonOf + "lead3");
        WordsOf(await SeenAsync(other, change)).ShouldBe("lead3 has looked at this already.");
    }

    [Fact]
    public async Task It_needs_a_reason()
    {
        var developer = await WithPoolAsync();

        (await RefusedAsync(developer, Urgent(40, reason: null))).ShouldBe("Enter a reason: a lead decides about this pool");
        Puts.ShouldBe(0);
    }

    [Fact]
    public async Task What_is_beyond_the_budget_is_not_urgent_but_impossible()
    {
        var developer = await WithPoolAsync();

        (await RefusedAsync(developer, Urgent(98))).ShouldContain("Pool size must be 97 or fewer");
        Puts.ShouldBe(0);
    }

    [Fact]
    public async Task A_cluster_that_has_filled_up_stops_it_right_before_the_call()
    {
        var developer = await WithPoolAsync();
        await InThePanelAsync("someone-elses", size: 80);

        var change = await DoAsync(developer, Urgent(40));

        change.State.ShouldBe(ChangeState.Failed);
        change.Happened!.ShouldContain("Pool size must be 17 or fewer");
        Puts.ShouldBe(0);
    }

    [Fact]
    public async Task What_the_rules_give_at_once_is_not_called_urgent()
    {
        var developer = await WithPoolAsync();

        var change = await DoAsync(developer, Urgent(9));

        (change.State, change.IsUrgent).ShouldBe((ChangeState.Done, false));
        ActionsSince(change).ShouldContain(ApprovedByRule);
    }

    [Theory]
    [InlineData(ChangeKind.Edit)]
    [InlineData(ChangeKind.Delete)]
    public async Task Nothing_but_a_resize_is_urgent(ChangeKind kind)
    {
        var developer = await WithPoolAsync();
        var request = Ask(kind) with { IsUrgent = true, IsInboundUser = kind is ChangeKind.Edit, Reason = "quickly" };

        if (kind is ChangeKind.Edit)
        {
            (await RefusedAsync(developer, request)).ShouldBe("Payments does nothing of this before a lead has decided. Send it for review.");
            return;
        }

        // A delete waits for nobody anyway.
        (await DoAsync(developer, request)).IsUrgent.ShouldBeFalse();
    }

    [Fact]
    public async Task A_team_that_does_not_allow_it_waits_whatever_the_browser_sends()
    {
        const string OrdersPool = "order-intake";
        var orders = await _portal.SignInAsync("developer2", Role.Developer, "orders");
        await _portal.CreateAsync(orders, Request(OrdersPool) with { Team = "Orders", Database = "orders", User = "orders_app" });
        var before = AsMade with { Database = "orders", User = "orders_app" };

        var request = Ask(ChangeKind.Resize, before, OrdersPool) with { Size = "40", IsUrgent = true, Reason = "quickly" };

        (await RefusedAsync(orders, request)).ShouldBe("Orders does nothing of this before a lead has decided. Send it for review.");
        (await AtDigitalOceanAsync(OrdersPool))!.Size.ShouldBe(5);
    }
}

public sealed class UrgentOnSqliteTests() : UrgentTests(server: null);

public sealed class UrgentOnPostgreSqlTests(SandboxFixture server) : UrgentTests(server);
