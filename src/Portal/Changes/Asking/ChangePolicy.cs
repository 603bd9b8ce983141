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

    public Decision Decide(Team team, ClusterInView cluster, PoolFields fields)
    {
        var reasons = new List<string>();
        var budget = cluster.Facts.Budget;
        var largest = LargestAtOnce(budget);
        if (fields.Size > largest)
        {
            reasons.Add(string.Create(CultureInfo.InvariantCulture, $"{fields.Size} is more than the {largest} that are made at once on {cluster.Facts.Name}"));
        }

        if (budget is { } all && cluster.Taken + fields.Size > (int)(all * options.Value.ClusterShare))
        {
            reasons.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"the pools of {cluster.Facts.Name} would have {cluster.Taken + fields.Size} of {all} connections, more than {options.Value.ClusterShare * 100:0} %"));
        }

        if (fields.User is null)
        {
            reasons.Add("an inbound-user pool opens connections for every user who comes in");
        }
        else if (string.Equals(fields.User, Team.AdministratorUser, StringComparison.OrdinalIgnoreCase))
        {
            reasons.Add($"{Team.AdministratorUser} may do everything on the cluster");
        }
        else if (cluster.Facts.Pools.FirstOrDefault(pool => pool.User == fields.User && pool.Managed is { } managed && managed.Team != team.Name) is { } other)
        {
            reasons.Add($"{fields.User} is behind {other.Name} of the team {other.Managed!.Team} already");
        }

        return reasons.Count == 0 ? Decision.AtOnce(team.Name) : Decision.AfterReview(reasons);
    }
}
