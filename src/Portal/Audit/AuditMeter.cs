using System.Diagnostics.Metrics;
using Portal.Operations.Telemetry;

namespace Portal.Audit;

/// <summary>Whether the record holds, how long ago that was looked at, and how long its newest row waits for its head outside.</summary>
internal sealed class AuditMeter : IRoomFigures
{
    private readonly HeadsOutside _heads;
    private readonly RecordWatch _watch;
    private readonly TimeProvider _clock;

    public AuditMeter(IMeterFactory meters, HeadsOutside heads, RecordWatch watch, TimeProvider clock)
    {
        (_heads, _watch, _clock) = (heads, watch, clock);
        var meter = meters.Create("Portal.Audit");
        meter.CreateObservableGauge("pool_portal.audit.head_lag", HeadLag, "s", "How long ago the oldest row was committed whose head is not outside yet; 0 when all are. Only where heads are written.");
        meter.CreateObservableGauge("pool_portal.audit.whole", Whole, unit: null, "1 while the record is whole and agrees with the heads outside, else 0.");
        meter.CreateObservableGauge("pool_portal.audit.verification_age", Age, "s", "How long ago the record was verified.");
        meter.CreateObservableGauge("pool_portal.audit.rows", Rows, "{row}", "The number of the last verified row.");
    }

    public string About => "Record";

    public IReadOnlyList<Figure> Now() =>
    [
        _watch.Verdict is not { } verdict
            ? new Figure("The record", "is being verified for the first time")
            : new Figure("The record", IsWhole(verdict) ? "is whole" : "is not whole: see Audit") { IsTrouble = !IsWhole(verdict) },
        new Figure("Last verified row", _watch.Verdict is { } seen ? $"{FigureWords.Count(seen.Report.Last)}, {FigureWords.Long(_clock.GetUtcNow() - seen.At)} ago" : "none yet"),
        new Figure("Heads outside", !_heads.IsOn ? "are not written: no place is set" : _heads.Lag(_clock.GetUtcNow()) is var lag && lag < TimeSpan.FromSeconds(5) ? "are up to date" : $"are {FigureWords.Long(lag)} behind")
        {
            IsTrouble = _heads.Trouble is not null || _heads.Contradiction is not null,
        },
    ];

    private bool IsWhole(RecordVerdict verdict) => verdict.Report.IsWhole && _heads.Contradiction is null;

    private IEnumerable<Measurement<double>> HeadLag() => _heads.IsOn ? [new(_heads.Lag(_clock.GetUtcNow()).TotalSeconds)] : [];

    private IEnumerable<Measurement<int>> Whole() => _watch.Verdict is { } verdict ? [new(IsWhole(verdict) ? 1 : 0)] : [];

    private IEnumerable<Measurement<double>> Age() => _watch.Verdict is { } verdict ? [new(Math.Max(0, (_clock.GetUtcNow() - verdict.At).TotalSeconds))] : [];

    private IEnumerable<Measurement<long>> Rows() => _watch.Verdict is { } verdict ? [new(verdict.Report.Last)] : [];
}
