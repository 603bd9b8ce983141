using System.Diagnostics;
using OpenTelemetry.Trace;
using Portal.Operations.Telemetry;

namespace Portal.Tests.Operations.Telemetry;

/// <summary>Which traces are kept, and what is taken out of them.</summary>
public sealed class TraceTests
{
    [Theory]
    [InlineData(1, ActivityTraceFlags.Recorded, SamplingDecision.RecordAndSample)]
    [InlineData(0, ActivityTraceFlags.Recorded, SamplingDecision.RecordAndSample)]
    [InlineData(1, ActivityTraceFlags.None, SamplingDecision.Drop)]
    public void What_belongs_to_a_trace_is_kept_as_the_trace_is(double share, ActivityTraceFlags flags, SamplingDecision decision) =>
        Decide(share, ActivityKind.Client, new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), flags)).ShouldBe(decision);

    [Theory]
    [InlineData(1, ActivityKind.Internal, SamplingDecision.RecordAndSample)]
    [InlineData(1, ActivityKind.Server, SamplingDecision.RecordAndSample)]
    [InlineData(0, ActivityKind.Internal, SamplingDecision.Drop)]
    [InlineData(1, ActivityKind.Client, SamplingDecision.Drop)]
    public void What_begins_here_is_kept_by_its_share_and_a_call_that_nobody_wanted_never(double share, ActivityKind kind, SamplingDecision decision) =>
        Decide(share, kind, default).ShouldBe(decision);

    [Fact]
    public void Of_an_address_that_is_called_only_the_host_stays()
    {
        using var activity = new Activity("GET");
        activity.SetTag("url.full", "https://hooks.example/T0-sandpiper").SetTag("server.address", "hooks.example").SetTag("db.npgsql.data_source", "Host=db;Username=portal");
        using var harmless = new HarmlessTraces();

        harmless.OnEnd(activity);

        activity.TagObjects.ShouldHaveSingleItem().Key.ShouldBe("server.address");
    }

    private static SamplingDecision Decide(double share, ActivityKind kind, ActivityContext parent) =>
        new TraceSampler(share).ShouldSample(new SamplingParameters(parent, ActivityTraceId.CreateRandom(), "some", kind)).Decision;
}
