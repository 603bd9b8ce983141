using System.Data.Common;

namespace Portal.Inventory;

/// <summary>Keeps the board at what the database says: at once for what this process wrote, once a minute for what another one did.</summary>
internal sealed class BoardKeeper(InventoryTables tables, InventoryBoard board, TimeProvider clock, ILogger<BoardKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan CheckAfter = TimeSpan.FromMinutes(1);

    // One loading after the other: the later one has read later, so that nothing older is put over something newer.
    private readonly SemaphoreSlim _gate = new(1, 1);
    private DateTimeOffset _loadedAt;

    /// <summary>The board as it is, after it was loaded once.</summary>
    public async ValueTask<BoardView> ViewAsync(CancellationToken cancellationToken)
    {
        if (!board.IsLoaded)
        {
            await LoadAsync(onlyOnce: true, cancellationToken);
        }

        return board.View;
    }

    /// <summary>Takes over everything from the database.</summary>
    public Task LoadAsync(CancellationToken cancellationToken) => LoadAsync(onlyOnce: false, cancellationToken);

    /// <summary>Takes over one cluster, with its pools and what is known of them.</summary>
    /// <remarks>What cannot be loaded is loaded a minute later: who has just written something need not fail for it.</remarks>
    public async Task ReloadAsync(Guid cluster, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            // Before the first whole loading a single cluster would look like all there is.
            if (board.IsLoaded)
            {
                board.Put(cluster, await tables.LoadAsync(cluster, cancellationToken));
            }
        }
        catch (DbException exception)
        {
            logger.BoardNotLoaded(exception);
        }
        finally
        {
            _gate.Release();
        }
    }

    public override void Dispose()
    {
        _gate.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (clock.GetUtcNow() - _loadedAt >= CheckAfter)
                {
                    await LoadAsync(stoppingToken);
                }
            }
            catch (DbException exception)
            {
                logger.BoardNotLoaded(exception);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(CheckAfter, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LoadAsync(bool onlyOnce, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (!(onlyOnce && board.IsLoaded))
            {
                board.Replace(await tables.LoadAsync(cancellationToken));
                _loadedAt = clock.GetUtcNow();
            }
        }
        finally
        {
            _gate.Release();
        }
    }
}
