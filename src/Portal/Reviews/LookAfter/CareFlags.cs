using Microsoft.Extensions.Options;
using Portal.Access;
using Portal.Changes;
using Portal.Inventory;

namespace Portal.Reviews.LookAfter;

/// <summary>What a lead should know about a pool. It asks no database: a thousand pools are looked at for one page.</summary>
internal sealed class CareFlags(Teams teams, ChangePolicy policy, IOptions<ChangesOptions> options, TimeProvider clock)
{
    /// <param name="people">Who has signed in of late, by id.</param>
    public IReadOnlyList<CareFlag> Of(ClusterFacts cluster, PoolFacts pool, IReadOnlyDictionary<string, Person> people) =>
        [.. All(cluster, pool, people).OrderBy(flag => flag.Kind)];

    private IEnumerable<CareFlag> All(ClusterFacts cluster, PoolFacts pool, IReadOnlyDictionary<string, Person> people)
    {
        if (pool.Managed is not { } managed)
        {
            yield return new(CareFlagKind.Unmanaged, "Made outside the portal.");
            yield break;
        }

        var now = clock.GetUtcNow();
        if (managed.EndsAt < now)
        {
            yield return new(CareFlagKind.EndCame, $"It was wanted until {EndDate.Words(managed.EndsAt.Value)}.");
        }

        if (managed.LookDueAt(options.Value.LookEvery) <= now)
        {
            yield return new(CareFlagKind.LookDue);
        }

        if (WhyNoOwner(managed, people) is { } why)
        {
            yield return new(CareFlagKind.NoOwner, why);
        }

        if (pool.HasDrifted)
        {
            yield return new(CareFlagKind.Drift, "Somebody changed it outside the portal.");
        }

        if (teams.Find(managed.Team) is { } team && AskedToday(cluster, pool, managed, team) is { Answer: not LimitAnswer.AtOnce } today)
        {
            yield return new(CareFlagKind.OverPolicy, today.NeedsReview
                ? $"Asked for today it would need a review: {today.Words}."
                : $"Asked for today it would not be given. {today.Words}.");
        }
    }

    private string? WhyNoOwner(ManagedPool managed, IReadOnlyDictionary<string, Person> people) => teams.Find(managed.Team) switch
    {
        null => $"There is no team {managed.Team} any more.",
        _ when !people.TryGetValue(managed.OwnerId, out _) => $"{managed.OwnerName} has not signed in for {People.CountedFor.TotalDays:0} days.",
        { } team when !team.HasMember(people[managed.OwnerId]) => $"{managed.OwnerName} is not in {managed.Team} any more.",
        _ => null,
    };

    // As if it were asked for now, beside the others that stand there.
    private Decision AskedToday(ClusterFacts cluster, PoolFacts pool, ManagedPool managed, Team team)
    {
        var others = new ClusterInView(cluster with { Pools = [.. cluster.Pools.Where(other => other.Name != pool.Name)] }, OnTheWay: 0);
        return policy.Decide(team, others, name: null, pool.Fields ?? managed.Fields);
    }
}
