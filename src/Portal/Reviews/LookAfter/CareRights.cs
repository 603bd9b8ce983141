using Portal.Access;
using Portal.Changes;
using Portal.DigitalOcean;
using Portal.Inventory;

namespace Portal.Reviews.LookAfter;

/// <summary>Who looks after which pool, and to whom one may be handed over.</summary>
internal sealed class CareRights(Teams teams)
{
    /// <summary>Whether there is anything for this person at all.</summary>
    public static Refusal? WhyNotLook(Person person) => person.Has(Role.TeamLead) || person.Has(Role.Admin)
        ? null
        : new Refusal("Leads look after the pools of their teams, and admins hand them over.");

    public bool Leads(Person person, string team) => teams.Find(team)?.HasLead(person) is true;

    /// <summary>Why this person may not keep, shrink or delete a pool of this team here, nor set its end date; null when they may.</summary>
    public Refusal? WhyNotCare(Person person, string team) =>
        Leads(person, team) ? null : new Refusal($"Only a lead of {team} can do that.");

    public Refusal? WhyNotHandOver(Person person, string team) =>
        Leads(person, team) || person.Has(Role.Admin) ? null : new Refusal($"Only a lead of {team} or an admin can hand it over.");

    /// <summary>Why the pool cannot become this team's. Whose it is may have its password, so the rule is that of an adoption.</summary>
    /// <param name="cluster">With all of its pools; null when it is gone.</param>
    public static Refusal? WhyNotTake(Person person, Team team, ClusterFacts? cluster, ManagedPool pool)
    {
        if (cluster is null)
        {
            return new Refusal("Its cluster is gone.");
        }

        foreach (var fields in FieldsOf(cluster, pool))
        {
            if (!(fields.User is null ? team.Uses(cluster.Identity, fields.Database) : team.Uses(cluster.Identity, fields.Database, fields.User)))
            {
                return new Refusal($"{team.Name} may not use the database {fields.Database} of {cluster.Name} as {fields.User ?? "inbound user"}.");
            }

            // The pool itself is the old team's: it is no reason against the new one.
            var others = cluster with { Pools = [.. cluster.Pools.Where(other => other.Name != pool.Name)] };
            if (ChangePolicy.DecideUser(team, new ClusterInView(others, OnTheWay: 0), fields.User) is { NeedsReview: true, Sentence: var sentence } && !person.Has(Role.Admin))
            {
                return new Refusal($"{sentence}. An admin can hand it over.");
            }
        }

        return null;
    }

    // What was approved, and what stands there: after a drift the two differ.
    private static IEnumerable<PoolFields> FieldsOf(ClusterFacts cluster, ManagedPool pool) =>
        cluster.Pool(pool.Name)?.Fields is { } live && live != pool.Fields ? [pool.Fields, live] : [pool.Fields];
}
