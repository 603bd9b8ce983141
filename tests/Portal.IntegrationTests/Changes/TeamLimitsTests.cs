using Portal.Audit;
using Portal.Changes;
using Portal.Connections;
using Portal.Sandbox;

namespace Portal.IntegrationTests.Changes;

/// <summary>What a team's limits mean beyond the form.</summary>
public sealed class TeamLimitsTests() : ChangeScene(server: null)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_team_that_is_kept_off_the_public_network_gets_no_connection_over_it()
    {
        (await CreateAsync()).State.ShouldBe(ChangeState.Done);
        await RestartAsync(settings => settings["Teams:0:Limits:PublicNetwork"] = "Never");
        var session = await _portal.SignInDeveloperAsync();
        var desk = _portal.Of<ConnectionDesk>();

        (await desk.HandOutAsync(session, OverThePublicNetwork, Stop)).TryGet(out _, out var why).ShouldBeFalse();
        (await desk.DescribeAsync(session, SandboxClusters.OrdersProd, "checkout-app", Stop)).TryGet(out var facts, out _).ShouldBeTrue();

        why!.Kind.ShouldBe(NotHandedOutKind.NotAllowed);
        why.Happened.ShouldStartWith("The team Payments connects over the private network (VPC) only.");
        facts!.Networks(ConnectionUse.Pool, ConnectionServer.Primary).ShouldNotContain(Network.Public);
        _portal.Record[^1].Action.ShouldBe(AuditAction.ActionRefused);
    }

    [Fact]
    public async Task What_became_too_much_for_the_team_since_it_was_asked_for_is_not_sent()
    {
        (await CreateAsync("first")).State.ShouldBe(ChangeState.Done);
        Fault(HttpMethod.Post, Pools, Portal.Sandbox.Control.FaultKind.Throttle, times: 1000, delayMs: 1);
        var waiting = await CreateAsync(until: now => now is { State: ChangeState.Approved, NotBefore: not null });
        var posts = Posts;
        await RestartAsync(settings => settings["Teams:0:Limits:Sum:NeverAbove"] = "9");
        _sandbox.Faults.Clear();

        var change = await _portal.WaitAsync(waiting.Id, now => now.IsFinished);

        change.State.ShouldBe(ChangeState.Failed);
        change.Happened.ShouldBe("Since this was asked for, something has changed. Pool size must be 4 or fewer: the pools of Payments on orders-prod may have 9 connections together.");
        Posts.ShouldBe(posts);
    }

    private static ConnectionRequest OverThePublicNetwork => new(
        SandboxClusters.OrdersProd, "checkout-app", "uri", new ConnectionWay(ConnectionUse.Pool, ConnectionServer.Primary, Network.Public), Verify: false, null, ConnectionPurpose.Copied);
}
