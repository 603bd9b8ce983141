using Portal.Benchmarks.Results;
using Portal.Benchmarks.Stage;

namespace Portal.Benchmarks.Measurements;

/// <summary>Measures one figure, or some that come of one and the same run.</summary>
internal interface IMeasurement
{
    /// <summary>What <c>--only</c> calls it; P3 and P4 are of one run.</summary>
    IReadOnlyList<string> Ids { get; }

    Task<IReadOnlyList<Row>> MeasureAsync(Bench bench, CancellationToken cancellationToken);
}
