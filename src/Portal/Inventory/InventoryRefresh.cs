using System.Threading.RateLimiting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.DigitalOcean;
using Portal.Storage;

namespace Portal.Inventory;

/// <summary>Keeps the inventory fresh in the background, the stalest first, and leaves calls for people.</summary>
internal sealed class InventoryRefresh(
    InventoryReader reader,
    InventoryFeed feed,
    Database database,
    IOptions<InventoryOptions> options,
    TimeProvider clock,
    ILogger<InventoryRefresh> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(10);

    private readonly PartitionedRateLimiter<string> _calls = PartitionedRateLimiter.CreateChained(
        Window(options.Value.CallsPerMinute, TimeSpan.FromMinutes(1)),
        Window(options.Value.CallsPerHour, TimeSpan.FromHours(1)));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        DateTimeOffset? clustersReadAt = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (IsOld(clustersReadAt))
                {
                    await CallAsync(reader.ReadClustersAsync, stoppingToken);
                    clustersReadAt = clock.GetUtcNow();
                }

                while (!IsOld(clustersReadAt) && await StalestAsync(stoppingToken) is { } cluster)
                {
                    await CallAsync(token => reader.ReadPoolsAsync(cluster, token), stoppingToken);
                }

                await Task.Delay(Pause, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is ReadingFailedException or DbUpdateException or System.Data.Common.DbException)
            {
                logger.InventoryNotRefreshed(exception.Message);
                feed.Failed(exception.Message);
                await Task.Delay(PauseAfterFailure, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task CallAsync(Func<CancellationToken, Task<ApiFailure?>> read, CancellationToken cancellationToken)
    {
        using var lease = await _calls.AcquireAsync("", 1, cancellationToken);
        if (!lease.IsAcquired)
        {
            throw new ReadingFailedException("The portal's own share of DigitalOcean's rate limit is used up.");
        }

        if (await read(cancellationToken) is { } failure and not { Kind: ApiFailureKind.NotFound })
        {
            throw new ReadingFailedException(FailureWords.Of(failure).Happened);
        }
    }

    private bool IsOld(DateTimeOffset? readAt) => readAt is null || clock.GetUtcNow() - readAt >= options.Value.RefreshAfter;

    private Task<Guid?> StalestAsync(CancellationToken cancellationToken)
    {
        var limit = clock.GetUtcNow() - options.Value.RefreshAfter;
        return database.ReadAsync(
            db => db.Set<ClusterRecord>()
                .Where(row => row.PoolsReadAt == null || row.PoolsReadAt < limit)
                .OrderBy(row => row.PoolsReadAt != null).ThenBy(row => row.PoolsReadAt)
                .Select(row => (Guid?)row.Id)
                .FirstOrDefaultAsync(cancellationToken),
            cancellationToken);
    }

    private static PartitionedRateLimiter<string> Window(int calls, TimeSpan window) =>
        PartitionedRateLimiter.Create<string, string>(_ => RateLimitPartition.GetSlidingWindowLimiter("", _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = calls,
            Window = window,
            SegmentsPerWindow = 6,
            QueueLimit = int.MaxValue,
        }));

    public override void Dispose()
    {
        _calls.Dispose();
        base.Dispose();
    }

    private sealed class ReadingFailedException(string message) : Exception(message);
}
