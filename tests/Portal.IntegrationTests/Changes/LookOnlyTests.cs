using Portal.Changes;
using Portal.Connections;
using Portal.Sandbox;
using Portal.Sandbox.Control;

namespace Portal.IntegrationTests.Changes;

/// <summary>A portal that is shown real clusters for the first time.</summary>
public sealed class LookOnlyTests() : ChangeScene(server: null)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_shows_checks_and_hands_out_and_changes_nothing()
    {
        (await CreateAsync()).State.ShouldBe(ChangeState.Done);
        await RestartAsync(settings => settings["Changes:Mode"] = "LookOnly");
        var session = await _portal.SignInDeveloperAsync();
        var requests = _portal.Of<ChangeRequests>();

        (await requests.CheckAsync(session, Request("another"), Stop)).TryGet(out var check, out _).ShouldBeTrue();
        (await requests.SubmitAsync(session, Request("another"), Stop)).TryGet(out _, out var notTaken).ShouldBeFalse();

        check!.Decision.Words.ShouldBe("within the limits of Payments");
        notTaken!.Message!.ShouldStartWith("This portal only looks: it shows and checks, and changes nothing at DigitalOcean.");
        _portal.ReadAll<PoolChange>().ShouldHaveSingleItem();
        Posts.ShouldBe(1, "the one from before");
        (await _portal.Of<ConnectionDesk>().HandOutAsync(session, Connection, Stop)).TryGet(out _, out var why).ShouldBeTrue(why?.Happened);
    }

    [Fact]
    public async Task What_was_approved_before_waits_and_goes_on_when_changes_are_on_again()
    {
        Fault(HttpMethod.Post, Pools, FaultKind.Throttle, times: 1000, delayMs: 1);
        var waiting = await CreateAsync(until: now => now is { State: ChangeState.Approved, NotBefore: not null });
        await RestartAsync(settings => settings["Changes:Mode"] = "LookOnly");
        var posts = Posts;
        _sandbox.Faults.Clear();

        (await _portal.Of<ConnectionDesk>().DescribeAsync(await _portal.SignInDeveloperAsync(), SandboxClusters.OrdersProd, "checkout-app", Stop)).TryGet(out _, out _).ShouldBeFalse();
        Posts.ShouldBe(posts);
        (await _portal.Of<ChangeQueries>().FindAsync(waiting.Id, Stop))!.State.ShouldBe(ChangeState.Approved);

        await RestartAsync(_ => { });
        (await _portal.WaitAsync(waiting.Id, now => now.IsFinished)).State.ShouldBe(ChangeState.Done);
    }

    private static ConnectionRequest Connection => new(
        SandboxClusters.OrdersProd, "checkout-app", "uri", new ConnectionWay(ConnectionUse.Pool, ConnectionServer.Primary, Network.Public), Verify: false, null, ConnectionPurpose.Copied);
}
