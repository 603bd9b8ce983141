namespace Portal.Access;

/// <summary>What asks people to prove anew who they are: <c>Access:StepUp</c> in the settings.</summary>
internal sealed class StepUpOptions
{
    /// <summary>
    /// Clusters whose connections are handed out only to who has proved within <see cref="For"/> who they are: name patterns, ids, or <c>tag:NAME</c>,
    /// as in <c>Teams</c>. Default: none.
    /// </summary>
    /// <example>[ "tag:production" ]</example>
    public IReadOnlyList<string> Clusters { get; init; } = [];

    /// <summary>How long such a proof holds. 0:01:00 to 12:00:00; default: 0:15:00.</summary>
    public TimeSpan For { get; init; } = TimeSpan.FromMinutes(15);

    public bool Covers(ClusterIdentity cluster) => Clusters.Any(cluster.IsCoveredBy);

    /// <summary>What is wrong with it, for who wrote the settings.</summary>
    public IEnumerable<string> Faults()
    {
        if (For < TimeSpan.FromMinutes(1) || For > TimeSpan.FromHours(12))
        {
            yield return "Access:StepUp:For must be from 0:01:00 to 12:00:00.";
        }

        foreach (var pattern in Clusters.Where(pattern => !ClusterIdentity.IsPattern(pattern)))
        {
            yield return $"Access:StepUp:Clusters has '{pattern}'. It must be a name pattern (letters, digits, '-', '_', '.' and '*'), an id, or tag:NAME without '*'.";
        }
    }
}
