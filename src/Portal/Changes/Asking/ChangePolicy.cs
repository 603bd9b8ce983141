using Microsoft.Extensions.Options;
using Portal.Access;
using Portal.DigitalOcean;

namespace Portal.Changes;

/// <summary>Decides what is made at once, what a lead decides, and what a team never gets. What is impossible for everybody never comes here.</summary>
internal sealed class ChangePolicy(IOptions<ChangesOptions> options)
{
    /// <summary>A new pool.</summary>
    /// <param name="name">Null while none is chosen: then nothing is said of it.</param>
    public Decision Decide(Team team, ClusterInView cluster, string? name, PoolFields fields) => Decision.Of(team.Name,
    [
        .. AboutUser(team, cluster, fields.User),
        .. ModeLimits.Check(team, fields.Mode),
        .. AboutSize(team, cluster, fields.Size, before: 0),
        .. NameLimits.Check(team, name),
    ]);

    /// <summary>Making a pool smaller takes nothing from anybody.</summary>
    public Decision DecideSize(Team team, ClusterInView cluster, int size, int before) => Decision.Of(team.Name, [.. AboutSize(team, cluster, size, before)]);

    /// <param name="before">The pool as the person saw it.</param>
    /// <param name="approved">The pool as it was approved: what is as it was needs no second approval. Null for a pool that nobody approved.</param>
    public Decision DecideEdit(Team team, ClusterInView cluster, PoolFields fields, PoolFields before, PoolFields? approved) => Decision.Of(team.Name,
    [
        .. approved is not null && fields.User == approved.User ? [] : AboutUser(team, cluster, fields.User),
        .. fields.Mode == approved?.Mode ? [] : ModeLimits.Check(team, fields.Mode),
        .. AboutSize(team, cluster, fields.Size, before.Size),
    ]);

    /// <summary>Whether a team may have, or touch, a database user's password without somebody else's word.</summary>
    public static Decision DecideUser(Team team, ClusterInView cluster, string? user) => Decision.Of(team.Name, [.. AboutUser(team, cluster, user)]);

    private IEnumerable<PolicyCheck> AboutSize(Team team, ClusterInView cluster, int size, int before) =>
        size <= before ? [] : new SizeLimits(options.Value, team, cluster).Check(size, before);

    private static IEnumerable<PolicyCheck> AboutUser(Team team, ClusterInView cluster, string? user)
    {
        if (user is null)
        {
            yield return new(ChangeField.User, team.Limits.InboundUser, team.Limits.InboundUser is LimitAnswer.Never
                ? $"{team.Name} may have no inbound-user pools. Choose a database user"
                : "an inbound-user pool opens connections for every user who comes in");
        }
        else if (string.Equals(user, Team.AdministratorUser, StringComparison.OrdinalIgnoreCase))
        {
            yield return new(ChangeField.User, team.Limits.Administrator, team.Limits.Administrator is LimitAnswer.Never
                ? $"{team.Name} may not use {Team.AdministratorUser}. Choose a user of the app's own"
                : $"{Team.AdministratorUser} may do everything on the cluster");
        }
        else if (cluster.Facts.Pools.FirstOrDefault(pool => pool.User == user && pool.Managed is { } managed && managed.Team != team.Name) is { } other)
        {
            yield return new(ChangeField.User, LimitAnswer.Review, $"{user} is behind {other.Name} of the team {other.Managed!.Team} already");
        }
        else
        {
            yield return new(ChangeField.User, LimitAnswer.AtOnce, $"{user} is behind no other team's pool");
        }
    }
}
