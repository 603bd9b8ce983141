using Portal.Storage;

namespace Portal.Access;

/// <summary>Looks through the sessions every minute.</summary>
internal sealed class SessionSweep(Sessions sessions, TimeProvider clock, ILogger<SessionSweep> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await sessions.SweepAsync(stoppingToken);
            }
            catch (Exception exception) when (Database.IsTrouble(exception))
            {
                logger.SweepFailed(exception);
            }
        }
    }
}
