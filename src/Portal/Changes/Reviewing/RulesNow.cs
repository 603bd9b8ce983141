using System.Globalization;
using Portal.Access;

namespace Portal.Changes;

/// <summary>Holds a request that was made earlier against the rules and the cluster as they are at this moment.</summary>
internal sealed class RulesNow(CreateRules createRules, ExistingRules existingRules, Teams teams)
{
    /// <param name="size">Server connections: those that were asked for, or fewer.</param>
    /// <returns>The request with what the policy says of it, or why it is not possible any more.</returns>
    public (CheckedChange? Request, IReadOnlyList<FieldMistake> Mistakes) Check(PoolChange change, ClusterInView cluster, int size)
    {
        if (change.Kind is ChangeKind.Create)
        {
            return createRules.Check(CreatePool.Again(change, size), cluster, teams.Find(change.Team) is { } team ? [team] : []);
        }

        if (cluster.Facts.Pool(change.PoolName) is not { } pool)
        {
            return (null, [new(ChangeField.Name, $"{change.PoolName} is not on {change.ClusterName} any more")]);
        }

        if (change.Kind is not ChangeKind.ResetPassword && change.BeforeFields is { } before && pool.Fields != before)
        {
            return (null, [new(ChangeField.Name, $"{change.PoolName} is not what it was when this was asked for: it is now {(pool.Fields is { } now ? FieldWords.Of(now) : pool.ModeText)}")]);
        }

        return existingRules.Check(ExistingPoolRequest.Again(change, size), cluster, pool);
    }

    /// <summary>Why it cannot be done any more, with the figures, and what to do instead; null when it can.</summary>
    public string? WhyNot(PoolChange change, ClusterInView cluster, int size)
    {
        var (request, mistakes) = Check(change, cluster, size);
        if (request is not null)
        {
            return null;
        }

        var own = change.BeforeFields?.Size ?? 0;
        if (cluster.Free is not { } free || size <= free + own || size <= own || change.Kind is not (ChangeKind.Create or ChangeKind.Resize or ChangeKind.Edit))
        {
            return $"{mistakes[0].Message}. It keeps waiting: decline it, or approve it when that is over.";
        }

        var has = string.Create(CultureInfo.InvariantCulture, $"{change.ClusterName} has {(free > 0 ? free : "no")} connections free{(own > 0 ? $" besides this pool's {own}" : "")}, this asks for {size}.");
        return LargestSmaller(change, cluster) is { } largest && largest < size
            ? string.Create(CultureInfo.InvariantCulture, $"{has} It keeps waiting: approve it with {largest} or fewer, decline it, or approve it when there is room.")
            : $"{has} It keeps waiting: decline it, or approve it when there is room.";
    }

    /// <summary>The largest size below the one that was asked for that can be had now; null when there is none, or the size is not what it is about.</summary>
    public static int? LargestSmaller(PoolChange change, ClusterInView cluster)
    {
        if (SmallestSmaller(change) is not { } smallest)
        {
            return null;
        }

        var below = change.Size - 1;
        var most = cluster.Free is { } free ? Math.Min(below, free + (change.BeforeFields?.Size ?? 0)) : below;
        return most >= smallest ? most : null;
    }

    /// <summary>The smallest size with which it could be approved instead; null when the size is not what it is about.</summary>
    public static int? SmallestSmaller(PoolChange change) => change switch
    {
        { Kind: ChangeKind.Create } => DigitalOcean.PoolLimits.MinimumSize,
        { Kind: ChangeKind.Resize, BeforeFields: { } before } when change.Size > before.Size => before.Size + 1,
        { Kind: ChangeKind.Resize } => DigitalOcean.PoolLimits.MinimumSize,
        _ => null,
    };
}
