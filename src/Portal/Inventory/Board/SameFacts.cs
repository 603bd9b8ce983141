namespace Portal.Inventory;

/// <summary>Whether two readings say the same, apart from their times.</summary>
internal static class SameFacts
{
    public static bool HasContentOf(this ClusterFacts one, ClusterFacts other) =>
        one.Id == other.Id
        && one.Name == other.Name
        && one.Status == other.Status
        && one.Region == other.Region
        && one.SizeSlug == other.SizeSlug
        && one.Plan == other.Plan
        && one.PrimaryId == other.PrimaryId
        && one.PrimaryName == other.PrimaryName
        && (one.PoolsReadAt is null) == (other.PoolsReadAt is null)
        && one.Identity.Tags.SequenceEqual(other.Identity.Tags, StringComparer.Ordinal)
        && one.Databases.SequenceEqual(other.Databases, StringComparer.Ordinal)
        && one.Users.SequenceEqual(other.Users, StringComparer.Ordinal)
        && one.Pools.Count == other.Pools.Count
        && one.Pools.Zip(other.Pools).All(pair => pair.First.HasContentOf(pair.Second));

    public static bool HasContentOf(this PoolFacts one, PoolFacts other) =>
        one with { Managed = null } == other with { Managed = null } && HasContentOf(one.Managed, other.Managed);

    private static bool HasContentOf(ManagedPool? one, ManagedPool? other) => (one, other) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        _ => one.Fields == other.Fields
            && one.Team == other.Team
            && one.OwnerId == other.OwnerId
            && one.OwnerName == other.OwnerName
            && one.Purpose == other.Purpose
            && one.LastChangeId == other.LastChangeId
            && one.LastChangedAt == other.LastChangedAt
            && one.NextLookAt == other.NextLookAt
            && one.LastLookAt == other.LastLookAt
            && one.EndsAt == other.EndsAt,
    };
}
