using System.Globalization;
using Microsoft.Extensions.Options;
using Portal.Access;
using Portal.DigitalOcean;
using Portal.Inventory;

namespace Portal.Changes;

/// <summary>A cluster as a decision sees it: what stands there, and what is on its way.</summary>
/// <param name="OnTheWay">Server connections that other changes, approved and not finished, will add.</param>
public sealed record ClusterInView(ClusterFacts Facts, int OnTheWay)
{
    public int Taken => Facts.Used + OnTheWay;

    /// <summary>Server connections that a new pool may have; null when the plan is unknown.</summary>
    public int? Free => Facts.Budget - Taken;
}

/// <summary>Decides what is made at once and what a lead decides. What is impossible never comes here.</summary>
internal sealed class ChangePolicy(IOptions<ChangesOptions> options)
{
    /// <summary>The largest pool on this cluster that needs no review for its size.</summary>
    public int LargestAtOnce(int? budget) =>
        Math.Max(options.Value.AtOnceSize, (int)((budget ?? 0) * options.Value.AtOnceShare));

    public Decision Decide(Team team, ClusterInView cluster, PoolFields fields) =>
        Of(team, [.. AboutSize(cluster, fields.Size, before: 0), .. AboutUser(team, cluster, fields.User)]);

    /// <summary>Making a pool smaller takes nothing from anybody.</summary>
    public Decision DecideSize(Team team, ClusterInView cluster, int size, int before) => Of(team, [.. AboutSize(cluster, size, before)]);

    /// <param name="approvedUser">Who was approved needs no second approval; null for an inbound-user pool.</param>
    public Decision DecideEdit(Team team, ClusterInView cluster, PoolFields fields, int sizeBefore, string? approvedUser) =>
        Of(team, [.. AboutSize(cluster, fields.Size, sizeBefore), .. fields.User == approvedUser ? [] : AboutUser(team, cluster, fields.User)]);

    /// <summary>Whether a team may have, or touch, a database user's password without somebody else's word.</summary>
    public static Decision DecideUser(Team team, ClusterInView cluster, string? user) => Of(team, [.. AboutUser(team, cluster, user)]);

    private IEnumerable<string> AboutSize(ClusterInView cluster, int size, int before)
    {
        if (size <= before)
        {
            yield break;
        }

        var largest = LargestAtOnce(cluster.Facts.Budget);
        if (size > largest)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{size} is more than the {largest} that are given at once on {cluster.Facts.Name}");
        }

        var all = cluster.Taken - before + size;
        if (cluster.Facts.Budget is { } budget && all > (int)(budget * options.Value.ClusterShare))
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"the pools of {cluster.Facts.Name} would have {all} of {budget} connections, more than {options.Value.ClusterShare * 100:0} %");
        }
    }

    private static IEnumerable<string> AboutUser(Team team, ClusterInView cluster, string? user)
    {
        if (user is null)
        {
            yield return "an inbound-user pool opens connections for every user who comes in";
        }
        else if (string.Equals(user, Team.AdministratorUser, StringComparison.OrdinalIgnoreCase))
        {
            yield return $"{Team.AdministratorUser} may do everything on the cluster";
        }
        else if (cluster.Facts.Pools.FirstOrDefault(pool => pool.User == user && pool.Managed is { } managed && managed.Team != team.Name) is { } other)
        {
            yield return $"{user} is behind {other.Name} of the team {other.Managed!.Team} already";
        }
    }

    private static Decision Of(Team team, IReadOnlyList<string> reasons) => reasons.Count == 0 ? Decision.AtOnce(team.Name) : Decision.AfterReview(reasons);
}
