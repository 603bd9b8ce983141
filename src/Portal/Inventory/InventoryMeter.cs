using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using Portal.DigitalOcean;
using Portal.Operations.Telemetry;

namespace Portal.Inventory;

/// <summary>How old the lists are, and what is left of the calls that DigitalOcean allows.</summary>
internal sealed class InventoryMeter : IRoomFigures
{
    private readonly InventoryBoard _board;
    private readonly CallBudget _budget;
    private readonly CallWitness _witness;
    private readonly ApiBreaker _breaker;
    private readonly InventoryOptions _options;
    private readonly TimeProvider _clock;

    public InventoryMeter(
        IMeterFactory meters, InventoryBoard board, CallBudget budget, CallWitness witness, ApiBreaker breaker, IOptions<InventoryOptions> options, TimeProvider clock)
    {
        (_board, _budget, _witness, _breaker, _options, _clock) = (board, budget, witness, breaker, options.Value, clock);
        var meter = meters.Create("Portal.Inventory");
        meter.CreateObservableCounter("pool_portal.api.calls", witness.Calls.Measure, "{call}", "Calls to DigitalOcean, by method and outcome.");
        meter.CreateObservableGauge("pool_portal.api.quota.remaining", Remaining, "{call}", "Calls that may be made now, of those of a minute and of an hour.");
        meter.CreateObservableGauge("pool_portal.api.quota.limit", Limits, "{call}", "Calls that DigitalOcean allows in a minute and in an hour.");
        meter.CreateObservableGauge("pool_portal.api.breaker_open", () => breaker.IsOpen ? 1 : 0, unit: null, "1 while DigitalOcean is left alone because it did not answer.");
        meter.CreateObservableGauge("pool_portal.inventory.clusters", () => (long)board.View.Clusters.Count, "{cluster}", "PostgreSQL clusters and read replicas.");
        meter.CreateObservableGauge("pool_portal.inventory.clusters.unread", () => (long)board.View.Unread, "{cluster}", "Those of them whose pools were never read.");
        meter.CreateObservableGauge("pool_portal.inventory.pools", () => (long)board.View.PoolCount, "{pool}", "Pools on them.");
        meter.CreateObservableGauge("pool_portal.inventory.oldest_age", Ages, "s", "How long ago the pools of the stalest cluster were read.");
        meter.CreateObservableGauge("pool_portal.inventory.age_limit", () => Bound.TotalSeconds, "s", "How old that is at most while all is well, with so many clusters and calls.");
    }

    public string About => "Inventory and DigitalOcean";

    private TimeSpan Bound => RefreshBound.Of(_board.View.Clusters.Count, _options, _budget.BackgroundPerHour);

    public IReadOnlyList<Figure> Now()
    {
        var view = _board.View;
        var (minute, hour) = _budget.Left();
        return
        [
            new Figure("Clusters", view.Unread == 0 ? FigureWords.Count(view.Clusters.Count) : $"{FigureWords.Count(view.Clusters.Count)}, of them {FigureWords.Count(view.Unread)} never read"),
            new Figure("Pools", FigureWords.Count(view.PoolCount)),
            new Figure("Stalest reading", Oldest() is { } age ? $"{FigureWords.Long(age)} ago; at most {FigureWords.Long(Bound)} is right" : "not read yet") { IsTrouble = Oldest() > Bound },
            new Figure("Calls left this minute", $"{FigureWords.Count(minute)} of {FigureWords.Count(_budget.PerMinute)}") { IsTrouble = minute <= 0 },
            new Figure("Calls left this hour", $"{FigureWords.Count(hour)} of {FigureWords.Count(_budget.PerHour)}") { IsTrouble = hour <= 0 },
            new Figure("Calls made", $"{FigureWords.Count(_witness.Calls.Total)}, of them {FigureWords.Count(_witness.Failed)} failed"),
            new Figure("Left alone, for no answers", _breaker.IsOpen ? "yes" : "no") { IsTrouble = _breaker.IsOpen },
        ];
    }

    private TimeSpan? Oldest() =>
        _board.View.Clusters.Min(cluster => cluster.PoolsReadAt) is { } read ? (_clock.GetUtcNow() - read is { Ticks: > 0 } age ? age : TimeSpan.Zero) : null;

    private IEnumerable<Measurement<double>> Ages() => Oldest() is { } age ? [new Measurement<double>(age.TotalSeconds)] : [];

    private IEnumerable<Measurement<long>> Remaining()
    {
        var (minute, hour) = _budget.Left();
        return Windows(minute, hour);
    }

    private IEnumerable<Measurement<long>> Limits() => Windows(_budget.PerMinute, _budget.PerHour);

    private static IEnumerable<Measurement<long>> Windows(int minute, int hour) =>
    [
        new Measurement<long>(minute, new KeyValuePair<string, object?>("window", "minute")),
        new Measurement<long>(hour, new KeyValuePair<string, object?>("window", "hour")),
    ];
}
