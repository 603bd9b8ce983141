using Microsoft.EntityFrameworkCore;
using Portal.Storage;

namespace Portal.Changes;

/// <summary>What is frozen at this moment, by the database and at most a second old, so that every portal on it holds the same.</summary>
internal sealed class Freezes(Database database, TimeProvider clock)
{
    private volatile IReadOnlyList<Freeze> _last = [];

    /// <summary>A freeze began, was ended, or came to its end.</summary>
    public event Action? Moved;

    /// <summary>What held at the last look, the one that lasts longest first: for drawing. The runner looks every second.</summary>
    public IReadOnlyList<Freeze> Last => _last;

    /// <summary>Asks the database, and tells those who listen when something is different.</summary>
    public async Task<IReadOnlyList<Freeze>> LookAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var freezes = await database.ReadAsync(db => HoldingAsync(db, now, cancellationToken), cancellationToken);
        var before = _last;
        _last = freezes;
        if (!before.Select(freeze => freeze.Id).SequenceEqual(freezes.Select(freeze => freeze.Id)))
        {
            Moved?.Invoke();
        }

        return freezes;
    }

    /// <summary>The freeze that a change of this cluster waits for: the one that lasts longest.</summary>
    public static Freeze? Of(IReadOnlyList<Freeze> freezes, Guid cluster) => freezes.FirstOrDefault(freeze => freeze.Holds(cluster));

    /// <summary>As a transaction sees it.</summary>
    /// <remarks>A freeze begins when it is written. Its beginning is not asked for: a clock that was set back since would let everything go.</remarks>
    public static Task<List<Freeze>> HoldingAsync(PortalDbContext db, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.Set<Freeze>().AsNoTracking()
            .Where(freeze => freeze.EndedAt == null && freeze.Until > now)
            .OrderByDescending(freeze => freeze.Until).ThenBy(freeze => freeze.Id)
            .ToListAsync(cancellationToken);
}

/// <summary>The call would have gone out now, and changes are frozen.</summary>
internal sealed class FrozenException(Freeze freeze) : Exception($"Changes are frozen until {freeze.Until:u}.")
{
    public Freeze Freeze { get; } = freeze;
}
