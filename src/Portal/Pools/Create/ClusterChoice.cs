using Portal.Access;
using Portal.DigitalOcean;
using Portal.Inventory;

namespace Portal.Pools.Create;

/// <summary>A cluster as the list of the form names it: without its pools, of which a thousand clusters have twenty thousand.</summary>
/// <param name="Used">The sum of all pools' sizes.</param>
public sealed record ClusterChoice(ClusterIdentity Identity, string Status, string Region, ClusterPlan Plan, int PoolCount, int Used)
{
    public Guid Id => Identity.Id;

    public string Name => Identity.Name;

    /// <summary>Why it cannot take a pool at this moment, or null when it can.</summary>
    public string? WhyNoPool => ClusterFacts.WhyNot(Status, PoolCount, Plan.Budget - Used);

    /// <summary>The line of the list.</summary>
    public string Words => this switch
    {
        { WhyNoPool: { } reason } => $"{Name} · {reason}",
        { Plan.Budget: { } budget } => $"{Name} · {Kind}{Region} · {Plan.MemoryGiB} GiB · {budget - Used} of {budget} free",
        _ => $"{Name} · {Kind}{Region} · limit unknown",
    };

    /// <summary>Whoever writes has to know it before the choice.</summary>
    public bool IsReadOnly { get; init; }

    private string Kind => IsReadOnly ? "read only · " : "";

    /// <summary>The person's teams have pools here already, so that they are likely to come for another.</summary>
    public bool IsOurs { get; init; }

    public static ClusterChoice Of(ClusterFacts facts) => new(facts.Identity, facts.Status, facts.Region, facts.Plan, facts.Pools.Count, facts.Used) { IsReadOnly = facts.IsReplica };

    /// <summary>Whether all of the words are in its name.</summary>
    public bool IsNamed(IReadOnlyList<string> words) => words.All(word => Name.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether each of the words is somewhere in its name, its region or a tag.</summary>
    public bool Matches(IReadOnlyList<string> words) => words.All(word =>
        Name.Contains(word, StringComparison.OrdinalIgnoreCase)
        || Region.Contains(word, StringComparison.OrdinalIgnoreCase)
        || Identity.Tags.Any(tag => tag.Contains(word, StringComparison.OrdinalIgnoreCase)));
}
