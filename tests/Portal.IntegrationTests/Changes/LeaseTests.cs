using Microsoft.EntityFrameworkCore;
using Portal.Changes;
using Portal.IntegrationTests.Sandbox;
using Portal.Sandbox.Control;
using Portal.Storage;
using static Portal.Audit.AuditAction;

namespace Portal.IntegrationTests.Changes;

/// <summary>Who may work on a change: one portal at a time, as long as it lives, whatever the clocks say.</summary>
public sealed class LeaseTests(SandboxFixture server) : ChangeScene(server)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    /// <summary>Short enough to run out in a test, long enough for a machine that has much to do.</summary>
    private static void WithLease(Dictionary<string, string> settings) => settings["Changes:Lease"] = "00:00:03";

    [Fact]
    public async Task A_portal_that_dies_is_followed_by_one_that_runs_beside_it()
    {
        var waiting = await LeftWaitingAsync();
        Fault(HttpMethod.Post, Pools, FaultKind.DelayAfterEffect, delayMs: 120_000);
        using (var process = PortalProcess.Start(_sandbox, _database, WithLease))
        {
            await Eventually.BecomesTrueAsync("the call is out", () => _sandbox.Ledger.Entries.Any(entry => entry.Fault is FaultKind.DelayAfterEffect), Soon);
            _portal = await PortalHost.StartAsync(_sandbox, _database, WithLease);
            (await _portal.WaitAsync(waiting.Id, _ => true)).State.ShouldBe(ChangeState.Running, "the other one lives, and its lease holds");
            await process.KillAsync();
        }

        var change = await _portal.WaitAsync(waiting.Id, now => now.IsFinished);

        change.State.ShouldBe(ChangeState.Done);
        change.WasFoundAgain.ShouldBeTrue();
        Posts.ShouldBe(1);
    }

    [Fact]
    public async Task A_call_that_takes_longer_than_a_lease_keeps_it()
    {
        await RestartAsync(WithLease);
        await using var other = await PortalHost.StartAsync(_sandbox, _database, WithLease);
        Fault(HttpMethod.Post, Pools, FaultKind.Delay, delayMs: 7000);

        var change = await CreateAsync();

        change.State.ShouldBe(ChangeState.Done);
        _portal.ActionsOf(change).ShouldBe([Requested, ApprovedByRule, Sent, Answered, Done], "nobody took it for lost");
        Posts.ShouldBe(1);
    }

    [Fact]
    public async Task A_call_keeps_its_lease_while_its_portal_is_being_stopped()
    {
        await RestartAsync(WithLease);
        Fault(HttpMethod.Post, Pools, FaultKind.Delay, delayMs: 7000);
        var change = await CreateAsync(until: now => now is { State: ChangeState.Running, InFlight: true });

        var stopping = _portal.DisposeAsync().AsTask();
        await using var other = await PortalHost.StartAsync(_sandbox, _database, WithLease);
        await stopping;
        _portal = await PortalHost.StartAsync(_sandbox, _database);

        (await _portal.WaitAsync(change.Id, now => now.IsFinished)).State.ShouldBe(ChangeState.Done);
        _portal.ActionsOf(change).ShouldBe([Requested, ApprovedByRule, Sent, Answered, Done], "the call ended before its portal did");
        Posts.ShouldBe(1);
    }

    [Fact]
    public async Task Who_has_lost_the_lease_writes_nothing()
    {
        using var log = new KeptLog(Path.Combine(_database.Folder, "portal.log"));
        await _portal.DisposeAsync();
        _portal = await PortalHost.StartAsync(_sandbox, _database, settings =>
        {
            settings["Logging:LogLevel:Portal"] = "Information";
            settings["Logging:Console:LogLevel:Default"] = "None";
        }, log);
        Fault(HttpMethod.Post, Pools, FaultKind.DelayAfterEffect, delayMs: 2000);
        var asked = await CreateAsync(until: now => now is { State: ChangeState.Running, InFlight: true });

        await SetAsync(asked.Id, leaseOwner: Guid.NewGuid(), leaseUntil: DateTimeOffset.UtcNow.AddSeconds(30));
        await Eventually.BecomesTrueAsync("it is noticed", () => log.Read().Contains("belongs to somebody else", StringComparison.Ordinal), Soon);

        var row = _portal.ReadAll<PoolChange>().Single();
        row.State.ShouldBe(ChangeState.Running);
        row.InFlight.ShouldBeTrue();
        _portal.ActionsOf(asked).ShouldBe([Requested, ApprovedByRule, Sent]);

        await SetAsync(asked.Id, row.LeaseOwner, leaseUntil: DateTimeOffset.UtcNow.AddSeconds(-1));
        var change = await _portal.WaitAsync(asked.Id, now => now.IsFinished);
        change.State.ShouldBe(ChangeState.Done);
        change.WasFoundAgain.ShouldBeTrue();
        Posts.ShouldBe(1);
    }

    [Fact]
    public async Task What_a_portal_left_whose_clock_was_an_hour_ahead_is_not_waited_for()
    {
        var waiting = await LeftWaitingAsync();
        var then = DateTimeOffset.UtcNow.AddHours(1);
        using (var db = Context())
        {
            await db.Set<PoolChange>().ExecuteUpdateAsync(row => row
                .SetProperty(change => change.ChangedAt, then)
                .SetProperty(change => change.NotBefore, then.AddSeconds(5))
                .SetProperty(change => change.LeaseOwner, Guid.NewGuid())
                .SetProperty(change => change.LeaseUntil, then.AddSeconds(2)), TestContext.Current.CancellationToken);
        }

        _portal = await PortalHost.StartAsync(_sandbox, _database);

        (await _portal.WaitAsync(waiting.Id, now => now.IsFinished)).State.ShouldBe(ChangeState.Done);
    }

    private async Task SetAsync(long id, Guid? leaseOwner, DateTimeOffset leaseUntil)
    {
        using var db = Context();
        await db.Set<PoolChange>().Where(change => change.Id == id)
            .ExecuteUpdateAsync(row => row.SetProperty(change => change.LeaseOwner, leaseOwner).SetProperty(change => change.LeaseUntil, leaseUntil));
    }

    private PostgreSqlPortalDbContext Context() => new(new DbContextOptionsBuilder<PostgreSqlPortalDbContext>().UseNpgsql(_database.ConnectionString).Options);
}
