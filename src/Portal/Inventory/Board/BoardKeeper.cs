using System.Collections.Concurrent;
using System.Data.Common;
using Portal.Operations;
using Portal.Storage;

namespace Portal.Inventory;

/// <summary>Keeps the board at what the database says: at once for what a portal wrote, and once a minute for what was not heard of.</summary>
internal sealed class BoardKeeper(InventoryTables tables, InventoryBoard board, Neighbours neighbours, TimeProvider clock, ILogger<BoardKeeper> logger) : BackgroundService
{
    private const string Topic = "cluster";
    private const string All = "all";

    private static readonly TimeSpan CheckAfter = TimeSpan.FromMinutes(1);

    // One loading after the other: the later one has read later, so that nothing older is put over something newer.
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ConcurrentDictionary<Guid, bool> _noted = new();
    private readonly WakeUp _wakeUp = new(clock);
    private DateTimeOffset _loadedAt;
    private int _allNoted;

    /// <summary>The board as it is, after it was loaded once.</summary>
    public async ValueTask<BoardView> ViewAsync(CancellationToken cancellationToken)
    {
        if (!board.IsLoaded)
        {
            await LoadAsync(onlyOnce: true, cancellationToken);
        }

        return board.View;
    }

    /// <summary>Takes over everything from the database, here and at the other portals, after this one has written it.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(onlyOnce: false, cancellationToken);
        neighbours.Say(Topic, All);
    }

    /// <summary>Takes over one cluster, with its pools and what is known of them, here and at the other portals, after this one has written it.</summary>
    /// <remarks>What cannot be loaded is loaded a minute later: who has just written something need not fail for it.</remarks>
    public async Task ReloadAsync(Guid cluster, CancellationToken cancellationToken)
    {
        await TakeOverAsync(cluster, cancellationToken);
        neighbours.Say(Topic, $"{cluster:D}");
    }

    private async Task TakeOverAsync(Guid cluster, CancellationToken cancellationToken)
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
        _wakeUp.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        neighbours.Listen(Topic, Note);
        neighbours.Missed += NoteAll;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await LookAsync(stoppingToken);
                await _wakeUp.WaitAsync(CheckAfter, stoppingToken);
            }
        }
        finally
        {
            neighbours.Missed -= NoteAll;
        }
    }

    /// <summary>Loads what the other portals told of; everything when that was not done for a minute.</summary>
    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var isAll = Interlocked.Exchange(ref _allNoted, 0) == 1;
            if (isAll || clock.GetUtcNow() - _loadedAt >= CheckAfter)
            {
                _noted.Clear();
                await LoadAsync(onlyOnce: false, cancellationToken);
            }

            foreach (var cluster in _noted.Keys)
            {
                _noted.TryRemove(cluster, out _);
                await TakeOverAsync(cluster, cancellationToken);
            }
        }
        catch (DbException exception)
        {
            logger.BoardNotLoaded(exception);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The portal stops.
        }
    }

    private void Note(string text)
    {
        if (text == All)
        {
            NoteAll();
        }
        else if (Guid.TryParseExact(text, "D", out var cluster))
        {
            _noted[cluster] = true;
            _wakeUp.Ring();
        }
    }

    private void NoteAll()
    {
        Interlocked.Exchange(ref _allNoted, 1);
        _wakeUp.Ring();
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
