using System.Diagnostics;
using Portal.Operations.Telemetry;

namespace Portal.Changes;

/// <summary>The trace of a change: who follows it sees the asking, the decision, every turn and every call, also those of another process after a restart.</summary>
/// <remarks>
/// A change outlives the click that asked for it, and the process. So it has a trace of its own, whose id is the change's form: that stands in its
/// row already, and every process that ever works on the change derives the same. The click is linked to it, and it to the click. A trace that
/// begins so has no root span; what shows traces says that one is missing, and shows the rest.
/// </remarks>
internal static class ChangeTrace
{
    private static readonly ActivitySource Source = new("Portal.Changes");

    /// <summary>One turn of the runner, until it is disposed.</summary>
    public static Activity? Turn(PoolChange change) => Begin("change turn", change, links: null);

    /// <summary>How the turn ended.</summary>
    public static void Ended(Activity? turn, PoolChange change) => turn?.SetTag("pool_portal.change.state", FigureWords.Label(change.State));

    /// <summary>Somebody asked for the change or decided about it, in what is going on here at this moment.</summary>
    public static void Mark(string what, PoolChange change)
    {
        if (!Source.HasListeners())
        {
            return;
        }

        var here = Activity.Current;
        using var mark = Begin(what, change, here is null ? null : [new ActivityLink(here.Context)]);
        here?.AddLink(new ActivityLink(ContextOf(change)));
        here?.SetTag("pool_portal.change.id", change.Id);
    }

    private static Activity? Begin(string name, PoolChange change, IEnumerable<ActivityLink>? links) => !Source.HasListeners() ? null : Source
        .StartActivity(name, ActivityKind.Internal, ContextOf(change), tags: null, links)
        ?.SetTag("pool_portal.change.id", change.Id)
        .SetTag("pool_portal.change.kind", FigureWords.Label(change.Kind))
        .SetTag("pool_portal.change.state", FigureWords.Label(change.State))
        .SetTag("pool_portal.cluster.id", change.ClusterId.ToString());

    private static ActivityContext ContextOf(PoolChange change)
    {
        var form = change.FormId.ToString("N").AsSpan();
        return new ActivityContext(ActivityTraceId.CreateFromString(form), ActivitySpanId.CreateFromString(form[16..]), ActivityTraceFlags.Recorded, isRemote: true);
    }
}
