using Portal.Changes;
using Portal.Storage;

namespace Portal.Reviews.LookAfter;

/// <summary>Looks for what has become due: once an hour, and for answers about end dates whenever a change has moved.</summary>
internal sealed class LookAfterWatch(EndDates endDates, LooksDue looks, ChangeFeed feed, TimeProvider clock, ILogger<LookAfterWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim _signal = new(0, 1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var looksAt = DateTimeOffset.MinValue;
        feed.Moved += Wake;
        try
        {
            while (true)
            {
                await TryAsync(endDates.LookAsync, stoppingToken);
                if (clock.GetUtcNow() is var now && now >= looksAt)
                {
                    await TryAsync(looks.LookAsync, stoppingToken);
                    looksAt = now + Every;
                }

                await WaitAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The portal ends.
        }
        finally
        {
            feed.Moved -= Wake;
        }
    }

    private async Task TryAsync(Func<CancellationToken, Task> look, CancellationToken cancellationToken)
    {
        try
        {
            await look(cancellationToken);
        }
        catch (Exception exception) when (Database.IsTrouble(exception))
        {
            logger.LookAfterInTrouble(exception);
        }
    }

    private void Wake(long change)
    {
        try
        {
            _signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Awake already.
        }
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var woken = _signal.WaitAsync(waiting.Token);
        await Task.WhenAny(woken, Task.Delay(Every, clock, waiting.Token));
        await waiting.CancelAsync();
        await woken.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    public override void Dispose()
    {
        _signal.Dispose();
        base.Dispose();
    }
}
