using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Portal.Operations.Telemetry;

/// <summary>Which traces are kept: what belongs to a kept one, and of those that begin here a share.</summary>
/// <param name="share">From 0 to 1.</param>
internal sealed class TraceSampler(double share) : Sampler
{
    private readonly TraceIdRatioBasedSampler _some = new(share);

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        if (samplingParameters.ParentContext.TraceId != default)
        {
            var isKept = samplingParameters.ParentContext.TraceFlags.HasFlag(ActivityTraceFlags.Recorded);
            return new SamplingResult(isKept ? SamplingDecision.RecordAndSample : SamplingDecision.Drop);
        }

        // A query or a request that belongs to nothing is the background looking whether there is something to do, several times a second.
        return samplingParameters.Kind is ActivityKind.Client ? new SamplingResult(SamplingDecision.Drop) : _some.ShouldSample(samplingParameters);
    }
}
