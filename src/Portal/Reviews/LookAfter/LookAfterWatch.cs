using Portal.Changes;
using Portal.Operations;
using Portal.Storage;

namespace Portal.Reviews.LookAfter;

/// <summary>Looks for what has become due: once an hour, and for answers about end dates whenever a change has moved.</summary>
internal sealed class LookAfterWatch(EndDates endDates, LooksDue looks, ChangeFeed feed, TimeProvider clock, ILogger<LookAfterWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    private readonly WakeUp _wakeUp = new(clock);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var looksAt = DateTimeOffset.MinValue;
        feed.Moved += Wake;
        try
        {
            await clock.AfterStartAsync(stoppingToken);
            while (true)
            {
                await TryAsync(endDates.LookAsync, stoppingToken);
                if (clock.GetUtcNow() is var now && now >= looksAt)
                {
                    await TryAsync(looks.LookAsync, stoppingToken);
                    looksAt = now + Every;
                }

                await _wakeUp.WaitAsync(Every, stoppingToken);
                stoppingToken.ThrowIfCancellationRequested();
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

    private void Wake(long change) => _wakeUp.Ring();

    public override void Dispose()
    {
        _wakeUp.Dispose();
        base.Dispose();
    }
}
