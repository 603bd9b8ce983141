using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Inventory;
using Portal.Operations;
using Portal.Storage;

namespace Portal.Changes;

/// <summary>Takes up what is due, each change by one process at a time, what a dead process left behind before anything new.</summary>
internal sealed class ChangeRunner(
    Database database,
    ChangeTurns turns,
    ConnectionTest test,
    LateArrivals late,
    InventoryReader inventory,
    ChangeJournal journal,
    ChangeOutcomes outcomes,
    Leases leases,
    Freezes freezes,
    ChangeFeed feed,
    LookOnly lookOnly,
    IOptions<ChangesOptions> options,
    TimeProvider clock,
    ILogger<ChangeRunner> logger) : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly TurnsUnderWay _running = new();
    private readonly WakeUp _wakeUp = new(clock);
    private readonly CancellationTokenSource _enough = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, _enough.Token);
        using var ended = new CancellationTokenSource();
        var renewing = Task.CompletedTask;
        feed.Moved += Wake;
        try
        {
            await RetryAsync(leases.ReleaseDeadAsync, stopping.Token);
            renewing = RenewLeasesAsync(ended.Token);
            while (!stopping.IsCancellationRequested)
            {
                var wait = LongestWait;
                await RetryAsync(async token => wait = await StartDueAsync(token), stopping.Token);
                await RetryAsync(late.LookAsync, stopping.Token);
                await _wakeUp.WaitAsync(wait, stopping.Token);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Nothing new is taken up; what is under way ends below.
        }
        finally
        {
            feed.Moved -= Wake;
            // Until its answer is written down a call keeps its lease.
            await EndTurnsAsync();
            await ended.CancelAsync();
            await renewing;
        }
    }

    /// <summary>Before anything else is stopped: pages are still served, and show how the calls that are out end.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await _enough.CancelAsync();
        if (ExecuteTask is { } running)
        {
            await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A call that takes too long stays an intent, and is read back at the next start.</summary>
    private async Task EndTurnsAsync()
    {
        try
        {
            await _running.EndedAsync().WaitAsync(options.Value.EndCallsFor, clock);
        }
        catch (TimeoutException)
        {
            logger.CallsLeft(_running.Count);
        }
    }

    /// <returns>How long nothing more will be due.</returns>
    private async Task<TimeSpan> StartDueAsync(CancellationToken cancellationToken)
    {
        // Always, because pages learn from it what other portals have frozen.
        var frozen = await freezes.LookAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var ahead = now + Leases.ClockSlack;
        var free = lookOnly.IsOn ? 0 : options.Value.AtATime - _running.Count;
        if (free <= 0)
        {
            return LongestWait;
        }

        var ours = _running.Changes;
        IQueryable<PoolChange> Due(PortalDbContext db) => leases.Free(Unfrozen(Waiting(db), frozen), now)
            .Where(change => (change.NotBefore == null || change.NotBefore <= now || change.ChangedAt > ahead) && !ours.Contains(change.Id))
            .OrderBy(change => change.State == ChangeState.Approved).ThenBy(change => change.Id)
            .Take(free);

        // Nearly always nothing is due, and looking takes no turn of the writers.
        if (await database.ReadAsync(db => Due(db).AnyAsync(cancellationToken), cancellationToken))
        {
            foreach (var change in await leases.TakeAsync(Due, now, cancellationToken))
            {
                _running.Start(change.Id, () => RunAsync(change, cancellationToken), ended: _wakeUp.Ring);
            }
        }

        var next = await database.ReadAsync(
            db => Unfrozen(Waiting(db), frozen).Where(change => change.NotBefore > now).MinAsync(change => change.NotBefore, cancellationToken),
            cancellationToken);
        return next - clock.GetUtcNow() is { } wait && wait < LongestWait ? (wait > TimeSpan.Zero ? wait : TimeSpan.Zero) : LongestWait;
    }

    private async Task RunAsync(PoolChange change, CancellationToken cancellationToken)
    {
        using var trace = ChangeTrace.Turn(change);
        try
        {
            change.LeaseOwner = journal.Owner;
            CallNotes.Begin();
            var after = await turns.TurnAsync(change, cancellationToken);
            ChangeTrace.Ended(trace, after);
            logger.ChangeTurned(after.Id, after.State.ToString());
            if (after.State is ChangeState.Done && after.Kind.IsTested())
            {
                await test.RunAsync(after, cancellationToken);
            }
            else if (after.State is ChangeState.Conflict or ChangeState.NeedsPerson)
            {
                // Who decides sees what stands there now. When it cannot be read, an older reading is shown, and its age.
                await inventory.ReadPoolsAsync(after.ClusterId, cancellationToken);
                feed.Notify(after.Id);
            }
        }
        catch (LeaseLostException)
        {
            logger.LeaseLost(change.Id);
        }
        catch (FrozenException)
        {
            await HoldAsync(change);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped before anything was sent: the lease runs out and the next process goes on.
        }
        catch (Exception exception) when (Database.IsTrouble(exception))
        {
            // Its lease runs out; what was sent is read back then.
            logger.ChangeNotWritten(exception, change.Id);
        }
    }

    /// <summary>Changes were frozen between the look at what is due and the call.</summary>
    private async Task HoldAsync(PoolChange change)
    {
        try
        {
            await outcomes.HoldAsync(change);
            logger.ChangeHeld(change.Id);
        }
        catch (Exception exception) when (exception is LeaseLostException || Database.IsTrouble(exception))
        {
            // Its lease runs out, and it waits all the same.
            logger.ChangeNotWritten(exception, change.Id);
        }
    }

    /// <summary>What is approved waits while it is frozen; what was sent is read back and ends.</summary>
    private static IQueryable<PoolChange> Unfrozen(IQueryable<PoolChange> changes, IReadOnlyList<Freeze> freezes)
    {
        if (freezes.Any(freeze => freeze.ClusterId is null))
        {
            return changes.Where(change => change.State != ChangeState.Approved);
        }

        var clusters = freezes.Select(freeze => freeze.ClusterId!.Value).Distinct().ToList();
        return clusters.Count == 0 ? changes : changes.Where(change => change.State != ChangeState.Approved || !clusters.Contains(change.ClusterId));
    }

    private static IQueryable<PoolChange> Waiting(PortalDbContext db) => db.Set<PoolChange>().Where(change =>
        change.State == ChangeState.Approved || change.State == ChangeState.Running || change.State == ChangeState.Unknown);

    private async Task RenewLeasesAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.Value.Lease / 3, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                if (_running.Changes is { Count: > 0 } ours)
                {
                    await RetryAsync(token => leases.RenewAsync(ours, token), cancellationToken);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Every turn has ended.
        }
    }

    /// <summary>A database in trouble is no reason to stop carrying out changes for good.</summary>
    private async Task RetryAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work(cancellationToken);
        }
        catch (Exception exception) when (Database.IsTrouble(exception))
        {
            logger.RunnerInTrouble(exception);
        }
    }

    private void Wake(long change) => _wakeUp.Ring();

    public override void Dispose()
    {
        _wakeUp.Dispose();
        _enough.Dispose();
        base.Dispose();
    }
}
