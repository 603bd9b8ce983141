using System.Globalization;
using System.Text.RegularExpressions;

namespace Portal.DigitalOcean;

/// <summary>What a size slug such as <c>db-s-2vcpu-4gb</c> tells about a node.</summary>
/// <param name="MemoryGiB">Memory of one node in GiB; null when the slug does not say.</param>
/// <param name="VirtualCpus">Virtual processors of one node; null when the slug does not say.</param>
/// <seealso href="https://docs.digitalocean.com/products/databases/postgresql/details/limits/"/>
public sealed partial record ClusterPlan(int? MemoryGiB, int? VirtualCpus)
{
    /// <summary>The largest budget of any size.</summary>
    public const int MaximumBudget = 997;

    private const int ConnectionsPerGiB = 25;

    /// <summary>Server connections that DigitalOcean keeps for maintenance, beside the budget.</summary>
    public const int ReservedConnections = 3;

    /// <summary>
    /// Server connections that all pools and direct connections of the cluster share: min(25 × GiB − 3, 997).
    /// Null when the memory is not known. Standby nodes add nothing.
    /// </summary>
    public int? Budget => MemoryGiB is { } memory and > 0
        ? Math.Min((ConnectionsPerGiB * memory) - ReservedConnections, MaximumBudget)
        : null;

    /// <summary>Reads a slug. An unknown one gives a plan without numbers: a limit that is not known blocks nobody.</summary>
    public static ClusterPlan Parse(string? slug)
    {
        slug ??= "";
        return new ClusterPlan(Number(MemoryPattern().Match(slug)), Number(CpuPattern().Match(slug)));
    }

    private static int? Number(Match match) =>
        match.Success ? int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture) : null;

    // Five digits at most, so that no slug can overflow.
    [GeneratedRegex(@"-(?<number>[0-9]{1,5})gb\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MemoryPattern();

    [GeneratedRegex(@"-(?<number>[0-9]{1,5})vcpu(-|\z)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CpuPattern();
}
