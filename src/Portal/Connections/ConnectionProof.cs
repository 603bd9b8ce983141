using Microsoft.Extensions.Options;
using Portal.Access;

namespace Portal.Connections;

/// <summary>Clusters whose connections are for those who have just proved who they are: <c>Access:StepUp:Clusters</c>.</summary>
internal sealed class ConnectionProof(IOptions<AccessOptions> options, StepUp stepUp)
{
    /// <summary>Why this session is not enough for a connection of the cluster; null when it is.</summary>
    public NotHandedOut? WhyNot(Session session, ClusterIdentity cluster) => options.Value.StepUp.Covers(cluster) && !stepUp.IsFresh(session)
        ? NotHandedOut.ProveAgain($"Connections of {cluster.Name} are for those who have signed in within the last {Words(stepUp.For)}.")
        : null;

    private static string Words(TimeSpan time) => time switch
    {
        { Ticks: var ticks } when ticks % TimeSpan.TicksPerHour == 0 => Count(ticks / TimeSpan.TicksPerHour, "hour"),
        { Ticks: var ticks } when ticks % TimeSpan.TicksPerMinute == 0 => Count(ticks / TimeSpan.TicksPerMinute, "minute"),
        _ => Count((long)time.TotalSeconds, "second"),
    };

    private static string Count(long number, string unit) => number == 1 ? unit : FormattableString.Invariant($"{number} {unit}s");
}
