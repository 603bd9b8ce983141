using Portal.Operations;
using Portal.Storage;

namespace Portal.Inventory;

/// <summary>Keeps the inventory fresh in the background, turn after turn, as long as the portal runs; of several portals one does.</summary>
internal sealed class InventoryRefresh(
    RefreshWork work, BoardKeeper board, InventoryFeed feed, Neighbours neighbours, TimeProvider clock, ILogger<InventoryRefresh> logger) : BackgroundService
{
    /// <summary>How soon it is noticed that this portal is the one that reads.</summary>
    private static readonly TimeSpan UntilFirst = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var hasWaited = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            TimeSpan pause;
            try
            {
                // What is known from before is shown meanwhile. A portal that knows no cluster yet reads at once.
                if ((await board.ViewAsync(stoppingToken)).Clusters.Count > 0 && !hasWaited)
                {
                    await clock.AfterStartAsync(stoppingToken);
                }

                hasWaited = true;
                pause = neighbours.IsFirst ? await work.TurnAsync(stoppingToken) : UntilFirst;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (Database.IsTrouble(exception))
            {
                logger.InventoryNotRefreshed(exception.Message);
                feed.Failed("The portal's database does not take what was read.");
                pause = PauseAfterFailure;
            }

            await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
