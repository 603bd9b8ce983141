using Microsoft.Extensions.Options;
using Portal.Storage;

namespace Portal.Changes.Notices;

/// <summary>Looks every second whether there is something to tell, and tells it, one notice after the other.</summary>
internal sealed class NoticeSender(
    NoticeWriter writer, NoticeOutbox outbox, NoticeDelivery delivery, IOptions<NoticesOptions> options, TimeProvider clock, ILogger<NoticeSender> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ForgetApart = TimeSpan.FromHours(1);

    private DateTimeOffset _forgetAt;

    /// <summary>Tells everything whose time has come. A receiver that fails is left alone until the next pass.</summary>
    public async Task PassAsync(CancellationToken cancellationToken)
    {
        await writer.WriteAsync(cancellationToken);
        while (await outbox.TakeAsync(cancellationToken) is { } notice)
        {
            var failure = await delivery.SendAsync(notice, cancellationToken);

            // What was sent must be written down, also while the process is being stopped.
            var isGivenUp = await outbox.SettleAsync(notice, failure, CancellationToken.None);
            if (failure is null)
            {
                logger.NoticeDelivered(notice.Sequence, notice.Attempts);
                continue;
            }

            logger.NoticeNotDelivered(notice.Sequence, notice.Attempts, failure);
            if (isGivenUp)
            {
                logger.NoticeGivenUp(notice.Sequence);
            }

            return;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (!options.Value.IsOn)
            {
                await TryAsync(writer.ForgetAsync, stoppingToken);
                return;
            }

            while (true)
            {
                await TryAsync(PassAsync, stoppingToken);
                await TryAsync(ForgetOldAsync, stoppingToken);
                await Task.Delay(Pause, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What was taken and not sent is free again in a minute.
        }
    }

    private async Task ForgetOldAsync(CancellationToken cancellationToken)
    {
        if (clock.GetUtcNow() >= _forgetAt)
        {
            await outbox.ForgetOldAsync(cancellationToken);
            _forgetAt = clock.GetUtcNow() + ForgetApart;
        }
    }

    private async Task TryAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work(cancellationToken);
        }
        catch (Exception exception) when (Database.IsTrouble(exception))
        {
            logger.NoticesInTrouble(exception);
        }
    }
}
