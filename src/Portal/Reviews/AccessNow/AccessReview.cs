using Portal.Access;
using Portal.Changes;
using Portal.Inventory;

namespace Portal.Reviews.AccessNow;

/// <summary>Who can see, change and review each pool at this moment, and why: the answer to an access review.</summary>
/// <remarks>It follows the rules of <c>ConnectionRights</c>, <c>ExistingRules</c> and <c>People</c>; a test holds them together.</remarks>
internal sealed class AccessReview(Teams teams, People people, BoardKeeper board)
{
    /// <summary>A row for each pool, right and person; made while it is read, so that many pools need little memory.</summary>
    public async Task<IEnumerable<AccessRow>> ReadAsync(CancellationToken cancellationToken)
    {
        var known = await people.AllAsync(cancellationToken);
        var all = teams.All.ToDictionary(team => team.Name, team => TeamAccess.Of(team, known), StringComparer.Ordinal);
        IReadOnlyList<Person> admins = [.. known.Where(person => person.Has(Role.Admin))];
        var view = await board.ViewAsync(cancellationToken);
        return view.Clusters.SelectMany(cluster => cluster.Pools, (cluster, pool) => pool.Managed is { } managed
                ? all.TryGetValue(managed.Team, out var access) ? Managed(cluster, pool, access, admins) : OfNoTeam(cluster, pool, admins)
                : Unmanaged(cluster, pool, all.Values, admins))
            .SelectMany(rows => rows);
    }

    private static IEnumerable<AccessRow> Managed(ClusterFacts cluster, PoolFacts pool, TeamAccess access, IReadOnlyList<Person> admins)
    {
        if (BasisOf(cluster, pool, access.Team) is { } basis)
        {
            foreach (var row in OfMembers(cluster, pool, access, AccessRow.SeeConnection, basis))
            {
                yield return row;
            }
        }
        else
        {
            yield return Nobody(cluster, pool, AccessRow.SeeConnection, $"{access.Team.Name} may not use the database {pool.Database} as {pool.User ?? "any of its users"}");
        }

        foreach (var row in OfMembers(cluster, pool, access, AccessRow.Change, basis: null)
            .Concat(OfLeads(cluster, pool, access, AccessRow.Review))
            .Concat(OfAdmins(cluster, pool, AccessRow.Review, WhyAdminsReview(access), admins))
            .Concat(OfLeads(cluster, pool, access, AccessRow.HandOver))
            .Concat(OfAdmins(cluster, pool, AccessRow.HandOver, "admin", admins)))
        {
            yield return row;
        }
    }

    private static IEnumerable<AccessRow> OfNoTeam(ClusterFacts cluster, PoolFacts pool, IReadOnlyList<Person> admins) =>
        OfAdmins(cluster, pool, AccessRow.HandOver, $"admin: there is no team {pool.Managed!.Team} any more", admins)
            .Prepend(Nobody(cluster, pool, AccessRow.SeeConnection, $"there is no team {pool.Managed.Team} any more"));

    // Who adopts a pool may have its connection afterwards.
    private static IEnumerable<AccessRow> Unmanaged(ClusterFacts cluster, PoolFacts pool, IEnumerable<TeamAccess> teams, IReadOnlyList<Person> admins) =>
        OfAdmins(cluster, pool, AccessRow.SeeConnection, "admin: the pool was made outside the portal", admins)
            .Concat(OfAdmins(cluster, pool, AccessRow.Change, "admin: can adopt it for a team that may use it", admins))
            .Concat(teams
                .Where(access => FieldRules.MayAskFor(access.Team, cluster.Identity, pool.Database, pool.User))
                .SelectMany(access => access.Leads.Select(lead => Row(cluster, pool, AccessRow.Change, lead.Person, lead.Group, $"{lead.Why}: can adopt it"))));

    private static IEnumerable<AccessRow> OfMembers(ClusterFacts cluster, PoolFacts pool, TeamAccess access, string right, string? basis)
    {
        var because = basis is null ? "" : $"; {basis}";
        return access.Members.Select(member => Row(cluster, pool, right, member.Person, member.Group, $"{member.Why}{because}"))
            .Concat(access.SilentMembers.Select(group => Silent(cluster, pool, right, group, $"member of {access.Team.Name}", because)))
            .Concat(access.SilentLeads.Select(group => Silent(cluster, pool, right, group, $"lead of {access.Team.Name}", because)));
    }

    private static IEnumerable<AccessRow> OfLeads(ClusterFacts cluster, PoolFacts pool, TeamAccess access, string right) =>
        access.Leads.Select(lead => Row(cluster, pool, right, lead.Person, lead.Group, right is AccessRow.Review ? $"{lead.Why}; never their own request" : lead.Why))
            .Concat(access.SilentLeads.Select(group => Silent(cluster, pool, right, group, $"lead of {access.Team.Name}", "")));

    /// <param name="why">Null when admins may not.</param>
    private static IEnumerable<AccessRow> OfAdmins(ClusterFacts cluster, PoolFacts pool, string right, string? why, IReadOnlyList<Person> admins) =>
        why is null ? [] : admins.Select(admin => Row(cluster, pool, right, admin, group: null, why));

    private static string? WhyAdminsReview(TeamAccess access) => access.Leads switch
    {
        [] => $"admin: no lead of {access.Team.Name} has signed in of late",
        [var only] => $"admin: decides what the only lead, {only.Person.Name}, asks for",
        _ => null,
    };

    /// <summary>Why the team may have the pool's connection as it stands there; null when it may not.</summary>
    private static string? BasisOf(ClusterFacts cluster, PoolFacts pool, Team team)
    {
        if (pool.User is not { } user)
        {
            var users = cluster.Users.Where(one => team.Uses(cluster.Identity, pool.Database, one)).ToList();
            return users.Count == 0 ? null : $"inbound user, as {string.Join(", ", users)}";
        }

        return team.PatternFor(cluster.Identity, pool.Database, user) is { } pattern ? $"pattern {pattern}"
            : pool.Managed is { } managed && managed.User == user && managed.Database == pool.Database ? $"approved with change {managed.LastChangeId}"
            : null;
    }

    private static AccessRow Silent(ClusterFacts cluster, PoolFacts pool, string right, string group, string belonging, string because) =>
        new(cluster.Name, pool.Name, pool.Database, pool.User, pool.Managed?.Team, right, null, null, group, $"{belonging} through {(group is "*" ? "every group" : $"group {group}")}, of which nobody has signed in of late{because}");

    private static AccessRow Nobody(ClusterFacts cluster, PoolFacts pool, string right, string why) =>
        new(cluster.Name, pool.Name, pool.Database, pool.User, pool.Managed?.Team, right, null, null, null, $"nobody: {why}");

    private static AccessRow Row(ClusterFacts cluster, PoolFacts pool, string right, Person person, string? group, string why) =>
        new(cluster.Name, pool.Name, pool.Database, pool.User, pool.Managed?.Team, right, person.Name, person.Id, group, why);
}
