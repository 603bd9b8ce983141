using Portal.Changes;
using Portal.IntegrationTests.Sandbox;
using Portal.Sandbox.Control;
using static Portal.Audit.AuditAction;

namespace Portal.IntegrationTests.Changes;

/// <summary>A portal that is killed in the middle of a change, and the next one on the same database.</summary>
public abstract class KillTests(SandboxFixture? server) : ChangeScene(server)
{
    [Fact]
    public async Task Killed_between_the_call_and_its_answer_the_pool_is_found_again()
    {
        Fault(HttpMethod.Post, Pools, FaultKind.DelayAfterEffect, delayMs: 120_000);

        var change = await KillAfterAsync(FaultKind.DelayAfterEffect);

        change.State.ShouldBe(ChangeState.Done);
        change.WasFoundAgain.ShouldBeTrue();
        Posts.ShouldBe(1);
        Effects("checkout-app").ShouldBe(1);
        _portal.ActionsOf(change).ShouldBe([Requested, ApprovedByRule, Postponed, Sent, AnswerLost, FoundAgain, Done]);
    }

    [Fact]
    public async Task Killed_while_it_reads_back_a_call_that_did_nothing_it_is_sent_again_once()
    {
        Fault(HttpMethod.Post, Pools, FaultKind.DropBefore);
        Fault(HttpMethod.Get, OnePool, FaultKind.Delay, delayMs: 120_000);

        var change = await KillAfterAsync(FaultKind.DropBefore);

        change.State.ShouldBe(ChangeState.Done);
        change.Attempt.ShouldBe(2);
        Effects("checkout-app").ShouldBe(1);
    }

    /// <summary>Lets a process of its own carry out a change until the fault has met its call, kills it, and lets another portal go on.</summary>
    private async Task<PoolChange> KillAfterAsync(FaultKind fault)
    {
        var waiting = await LeftWaitingAsync();

        using (var process = PortalProcess.Start(_sandbox, _database))
        {
            await Eventually.BecomesTrueAsync(
                "the fault has met the call",
                () => _sandbox.Ledger.Entries.Any(entry => entry.Fault == fault),
                TimeSpan.FromSeconds(60));
            await process.KillAsync();
        }

        _sandbox.Faults.Clear();
        _portal = await PortalHost.StartAsync(_sandbox, _database);
        return await _portal.WaitAsync(waiting.Id, now => now.IsFinished || now.State is ChangeState.Conflict or ChangeState.NeedsPerson);
    }
}

public sealed class KillsOnSqliteTests() : KillTests(server: null);

public sealed class KillsOnPostgreSqlTests(SandboxFixture server) : KillTests(server);
