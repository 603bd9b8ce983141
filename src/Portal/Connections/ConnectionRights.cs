using Portal.Access;
using Portal.DigitalOcean;
using Portal.Inventory;

namespace Portal.Connections;

/// <summary>The one place that says whether a person may have the connection of a pool. Whoever has it can do all that its database user can.</summary>
internal sealed class ConnectionRights(Teams teams)
{
    /// <summary>Why this person may not have this connection, and who may; null when they may.</summary>
    /// <param name="live">The pool as DigitalOcean has it now, not as the portal remembers it.</param>
    /// <param name="managed">What the portal answers for; null for a pool made elsewhere.</param>
    /// <param name="connectAs">For an inbound-user pool the database user that was chosen; otherwise null, or the pool's own user.</param>
    public Refusal? WhyNot(Person person, ClusterIdentity cluster, Pool live, ManagedPool? managed, string? connectAs)
    {
        if (WhyNotAtAll(person, managed) is { } refusal)
        {
            return refusal;
        }

        if (live.User is { } user)
        {
            return !string.IsNullOrEmpty(connectAs) && connectAs != user
                ? new Refusal($"{live.Name} connects everybody as {user} now. Load the page again.")
                : managed is null ? null : WhyNotAs(cluster, live, managed, user);
        }

        return string.IsNullOrEmpty(connectAs)
            ? new Refusal("Choose the database user to connect as.")
            : managed is null ? null : WhyNotInbound(cluster, live, managed, connectAs);
    }

    /// <summary>Why this person may not have the connection, whatever they choose; null when there is something for them.</summary>
    public Refusal? WhyNotAny(Person person, ClusterIdentity cluster, Pool live, ManagedPool? managed, IReadOnlyList<string> users)
    {
        if (live.User is not null || WhyNotAtAll(person, managed) is not null)
        {
            return WhyNot(person, cluster, live, managed, live.User);
        }

        return Choices(person, cluster, live, managed, users).Count > 0
            ? null
            : new Refusal(managed is null
                ? "This cluster has no database user to connect as."
                : $"The team {managed.Team} may connect to {live.Database} as none of this cluster's database users. Ask an admin to add one to the team.");
    }

    /// <summary>The database users of the cluster that the person may choose in an inbound-user pool.</summary>
    public IReadOnlyList<string> Choices(Person person, ClusterIdentity cluster, Pool live, ManagedPool? managed, IReadOnlyList<string> users) =>
        live.User is not null ? [] : [.. users.Where(user => WhyNot(person, cluster, live, managed, user) is null)];

    /// <summary>Why the person may have none of the pool's connections, whichever user it is.</summary>
    public Refusal? WhyNotAtAll(Person person, ManagedPool? managed)
    {
        if (managed is not null)
        {
            return teams.WhyNotActFor(person, managed.Team);
        }

        return person.Has(Role.Admin)
            ? null
            : new Refusal("This pool was made outside the portal and belongs to no team. Admins can have its connection.");
    }

    /// <summary>Why nobody of the pool's team may have its connection over this network; null when they may.</summary>
    public Refusal? WhyNotOver(ManagedPool? managed, Network network) =>
        network is Network.Public && managed is not null && teams.Find(managed.Team) is { Limits.PublicNetwork: LimitAnswer.Never }
            ? new Refusal($"The team {managed.Team} connects over the private network (VPC) only. Choose it, or ask an admin to change the team's limits.")
            : null;

    private Refusal? WhyNotAs(ClusterIdentity cluster, Pool live, ManagedPool managed, string user)
    {
        // What was approved may be shown although no pattern covers it: a lead has looked at it. What somebody
        // changed in DigitalOcean's panel has been approved by nobody.
        var wasApproved = managed.User == user && managed.Database == live.Database;
        return wasApproved || MayUse(managed.Team, cluster, live.Database, user)
            ? null
            : new Refusal($"This pool was changed outside the portal: it leads to {live.Database} as {user} now, which the team {managed.Team} may not use. A lead of the team can have it put back; an admin can add it to the team.");
    }

    private Refusal? WhyNotInbound(ClusterIdentity cluster, Pool live, ManagedPool managed, string user) =>
        MayUse(managed.Team, cluster, live.Database, user)
            ? null
            : new Refusal($"The team {managed.Team} may not connect to {live.Database} as {user}. Choose another database user, or ask an admin to add it to the team.");

    private bool MayUse(string team, ClusterIdentity cluster, string database, string user) =>
        teams.Find(team) is { } found && found.Uses(cluster, database, user);
}
