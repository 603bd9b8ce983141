using System.Net;
using Portal.Changes;
using Portal.Sandbox.Clusters;
using Portal.Sandbox.Control;
using static Portal.Audit.AuditAction;

namespace Portal.IntegrationTests.Changes;

/// <summary>A portal that an orchestrator stops in the middle of a call: SIGTERM, and what follows.</summary>
public sealed class StopTests() : ChangeScene(server: null)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Killed = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task It_is_not_ready_any_more_and_the_call_that_is_out_ends_before_it_does()
    {
        var (change, process, address) = await WithCallOutAsync(FaultKind.Delay, delayMs: 8000, _ => { });
        using (process)
        {
            await process.TerminateAsync();

            await Eventually.BecomesTrueAsync("it says that it is not ready", async () => await ReadyAsync(address) is HttpStatusCode.ServiceUnavailable, Soon);
            process.HasExited.ShouldBeFalse("it still answers");
            await process.WaitForExitAsync(Killed);
            process.ExitCode.ShouldBe(0);
        }

        _portal = await PortalHost.StartAsync(_sandbox, _database);
        (await _portal.WaitAsync(change.Id, _ => true)).State.ShouldBe(ChangeState.Done);
        _portal.ActionsOf(change).ShouldBe([Requested, ApprovedByRule, Postponed, Sent, Answered, Done]);
        Posts.ShouldBe(1);
    }

    [Fact]
    public async Task A_call_that_takes_too_long_stays_an_intent_and_is_read_back_at_the_next_start()
    {
        var (change, process, _) = await WithCallOutAsync(FaultKind.DelayAfterEffect, delayMs: 120_000, settings => settings["Changes:EndCallsFor"] = "00:00:01");
        using (process)
        {
            await process.TerminateAsync();
            await process.WaitForExitAsync(Killed);
            process.ExitCode.ShouldBe(0);
        }

        _portal = await PortalHost.StartAsync(_sandbox, _database);
        var after = await _portal.WaitAsync(change.Id, now => now.IsFinished);
        after.State.ShouldBe(ChangeState.Done);
        _portal.ActionsOf(after).ShouldBe([Requested, ApprovedByRule, Postponed, Sent, AnswerLost, FoundAgain, Done]);
        Posts.ShouldBe(1);
    }

    /// <summary>A process of its own whose call has been met by the fault.</summary>
    private async Task<(PoolChange Change, PortalProcess Process, Uri Address)> WithCallOutAsync(FaultKind fault, int delayMs, Action<Dictionary<string, string>> adjust)
    {
        var waiting = await LeftWaitingAsync();
        Fault(HttpMethod.Post, Pools, fault, delayMs: delayMs);
        var address = new Uri($"http://127.0.0.1:{FreePorts.Next()}");
        var process = PortalProcess.Start(_sandbox, _database, settings =>
        {
            settings["urls"] = address.ToString();
            adjust(settings);
        });

        // The ledger has the call when it has ended; that it is out, the intent says.
        var books = new Crashes.Books(_database);
        await Eventually.BecomesTrueAsync("the call is out", async () => _sandbox.Faults.Waiting.Count == 0 && await books.InFlightAsync(waiting.Id), Soon);
        return (waiting, process, address);
    }

    private static async Task<HttpStatusCode?> ReadyAsync(Uri address)
    {
        using var http = new HttpClient { BaseAddress = address };
        try
        {
            using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
