using System.Globalization;
using Portal.Connections.Formats;

namespace Portal.Connections.Probing;

/// <summary>How it is said that a pool was not reached.</summary>
internal static class ReachWords
{
    public static (Finding Finding, string Shortly) NotReached(IReadOnlyList<Reached> tries, ProbeTarget target)
    {
        var words = string.Join(" ", tries.Select(one => string.Create(
            CultureInfo.InvariantCulture, $"{one.Way.Endpoint.Host}:{one.Way.Endpoint.Port} over {one.Way.NetworkWord}: {one.Words}.")));
        var shortly = tries[0].Words;
        return tries.Any(one => one.IsPoolsFault)
            ? (new Finding(ProbeStep.Reached, FindingState.Failed, words)
            {
                Means = "The machine is there, but no PgBouncer listens: it is being restarted, or the cluster is in maintenance. A firewall that refuses looks the same.",
                ToDo = "Test again in a minute, and look at the cluster's state.",
            }, $"failed: {shortly}")
            : (new Finding(ProbeStep.Reached, FindingState.NotReachable, words)
            {
                Means = "The portal is not where this pool can be reached from: a private network (VPC) lets in only what runs in it, and trusted sources may leave the portal out. It says nothing about your application.",
                ToDo = tries[0].Way.Network is Network.Private
                    ? "Test it from a machine in the cluster's private network. psql asks for the password:"
                    : "Test it from where the application runs, or from your own machine. psql asks for the password:",
                Command = OwnTest(tries[0].Way, target),
            }, $"not reachable from the portal: {shortly}");
    }

    /// <summary>The line of the format psql, which asks for the password when none is given.</summary>
    private static string OwnTest(ProbeWay way, ProbeTarget target)
    {
        var line = new PsqlFormat().Write(new ConnectionDetails(
            way.Endpoint, target.Pool.Name, target.Pool.Database, target.User, PasswordText.Placeholder, target.Pool.Mode, target.Pool.Size, Verify: false));
        return line[line.IndexOf("psql ", StringComparison.Ordinal)..];
    }
}
