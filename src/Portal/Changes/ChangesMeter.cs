using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Portal.Changes.Notices;
using Portal.Operations.Telemetry;
using Portal.Storage;

namespace Portal.Changes;

/// <summary>How many changes are where, for how long, and what could not be told.</summary>
/// <remarks>What stands in the database is the same for every portal on it: of several processes take the largest, not the sum.</remarks>
internal sealed class ChangesMeter : IRoomFigures
{
    private static readonly IReadOnlyList<ChangeState> Unfinished = [.. Enum.GetValues<ChangeState>().Except(ChangeStates.Finished)];

    private readonly Database _database;
    private readonly Freezes _freezes;
    private readonly TimeProvider _clock;
    private readonly Histogram<double> _durations;
    private volatile Books? _books;

    public ChangesMeter(IMeterFactory meters, Database database, Freezes freezes, TimeProvider clock)
    {
        (_database, _freezes, _clock) = (database, freezes, clock);
        var meter = meters.Create("Portal.Changes");
        meter.CreateObservableGauge("pool_portal.changes", () => ByState(same => (long)same.Count), "{change}", "Changes that are not finished, by state.");
        meter.CreateObservableGauge(
            "pool_portal.changes.oldest_age", () => ByState(AgeOf), "s", "How long ago the oldest change of a state was asked for, or decided on once it was decided; 0 when there is none.");
        meter.CreateObservableGauge("pool_portal.freezes", () => (long)_freezes.Last.Count, "{freeze}", "Freezes that hold: what is approved waits for their end.");
        meter.CreateObservableGauge("pool_portal.notices.undelivered", Notices, "{notice}", "Notices that have not arrived, by whether they are tried again.");
        _durations = meter.CreateHistogram<double>(
            "pool_portal.change.duration",
            "s",
            "From the approval of a change to its end, by kind and outcome.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600] });
    }

    public string About => "Changes";

    /// <summary>A change was carried out, or could not be.</summary>
    public void Ended(PoolChange change)
    {
        if (_durations.Enabled)
        {
            _durations.Record(
                ((change.ChangedAt - (change.DecidedAt ?? change.RequestedAt)) is { Ticks: > 0 } time ? time : TimeSpan.Zero).TotalSeconds,
                new KeyValuePair<string, object?>("kind", FigureWords.Label(change.Kind)),
                new KeyValuePair<string, object?>("outcome", FigureWords.Label(change.State)));
        }
    }

    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            _books = await _database.ReadAsync(db => ReadAsync(db, cancellationToken), cancellationToken);
        }
        catch (Exception exception) when (Database.IsTrouble(exception))
        {
            // The health check of the database tells of it. Old figures would say that all is well.
            _books = null;
        }
    }

    public IReadOnlyList<Figure> Now()
    {
        if (_books is not { } books)
        {
            return [new Figure("Changes", "the database cannot be read") { IsTrouble = true }];
        }

        return
        [
            Waiting("Waiting for review", ChangeState.WaitingForReview),
            Waiting("Waiting for their turn", ChangeState.Approved),
            Waiting("Being carried out", ChangeState.Running),
            Waiting("Being read back", ChangeState.Unknown),
            Waiting("Waiting for a person", ChangeState.Conflict, ChangeState.NeedsPerson),
            new Figure("Freezes", FigureWords.Count(_freezes.Last.Count)),
            new Figure("Undelivered notices", books.GivenUp == 0
                ? FigureWords.Count(books.Waiting)
                : $"{FigureWords.Count(books.Waiting + books.GivenUp)}, of them {FigureWords.Count(books.GivenUp)} given up")
            {
                IsTrouble = books.GivenUp > 0,
            },
        ];

        Figure Waiting(string name, params ChangeState[] states)
        {
            var found = books.States.Where(same => states.Contains(same.State)).ToList();
            return new Figure(name, found.Count == 0 ? "none" : $"{FigureWords.Count(found.Sum(same => same.Count))}, the oldest for {FigureWords.Long(found.Max(AgeIn))}");
        }
    }

    private static async Task<Books> ReadAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var states = await db.Set<PoolChange>()
            .Where(change => Unfinished.Contains(change.State))
            .GroupBy(change => change.State)
            .Select(same => new InState(same.Key, same.Count(), same.Min(change => change.DecidedAt ?? change.RequestedAt)))
            .ToListAsync(cancellationToken);
        var undelivered = db.Set<Notice>().Where(notice => notice.DeliveredAt == null);
        return new Books(
            states,
            await undelivered.CountAsync(notice => notice.GivenUpAt == null, cancellationToken),
            await undelivered.CountAsync(notice => notice.GivenUpAt != null, cancellationToken));
    }

    private IEnumerable<Measurement<T>> ByState<T>(Func<InState, T> value)
        where T : struct =>
        _books is not { } books ? [] : Unfinished.Select(state => new Measurement<T>(
            books.States.FirstOrDefault(same => same.State == state) is { } found ? value(found) : default,
            new KeyValuePair<string, object?>("state", FigureWords.Label(state))));

    private IEnumerable<Measurement<long>> Notices() => _books is not { } books ? [] :
    [
        new Measurement<long>(books.Waiting, new KeyValuePair<string, object?>("state", "waiting")),
        new Measurement<long>(books.GivenUp, new KeyValuePair<string, object?>("state", "given_up")),
    ];

    private double AgeOf(InState same) => AgeIn(same).TotalSeconds;

    // A clock that was set back makes nothing younger than new.
    private TimeSpan AgeIn(InState same) => _clock.GetUtcNow() - same.Since is { Ticks: > 0 } age ? age : TimeSpan.Zero;

    private sealed record InState(ChangeState State, int Count, DateTimeOffset Since);

    private sealed record Books(IReadOnlyList<InState> States, int Waiting, int GivenUp);
}
