using System.IO.Enumeration;

namespace Portal.Access;

/// <summary>People who act together, and the (cluster, database, database user) they may reach.</summary>
internal sealed class Team(TeamOptions options)
{
    /// <summary>The cluster's administrator. A pattern never means it; only its own name does.</summary>
    public const string AdministratorUser = "doadmin";

    public string Name => options.Name;

    public TeamLimitsOptions Limits => options.Limits;
    /// <summary>The groups whose developers belong to it; <c>*</c> is every group.</summary>
    public IReadOnlyList<string> MemberGroups => options.Members;

    /// <summary>The groups whose leads lead it.</summary>
    public IReadOnlyList<string> LeadGroups => options.Leads;

    public bool HasMember(Person person) => (person.Has(Role.Developer) && IsIn(person, options.Members)) || HasLead(person);

    public bool HasLead(Person person) => person.Has(Role.TeamLead) && IsIn(person, options.Leads);

    /// <summary>Whether the team may reach some database of the cluster at all.</summary>
    public bool Uses(ClusterIdentity cluster) => options.Uses.Any(triple => cluster.IsCoveredBy(triple.Cluster));

    public bool Uses(ClusterIdentity cluster, string database) =>
        options.Uses.Any(triple => cluster.IsCoveredBy(triple.Cluster) && Matches(triple.Database, database));

    /// <summary>Whether the team may connect to the database as this user, and so see the user's password.</summary>
    public bool Uses(ClusterIdentity cluster, string database, string user) =>
        options.Uses.Any(triple => cluster.IsCoveredBy(triple.Cluster) && Matches(triple.Database, database) && CoversUser(triple, user));

    /// <summary>The pattern by which <see cref="Uses(ClusterIdentity, string, string)"/> says yes, as "cluster / database / user"; null when none does.</summary>
    public string? PatternFor(ClusterIdentity cluster, string database, string user) =>
        options.Uses.FirstOrDefault(triple => cluster.IsCoveredBy(triple.Cluster) && Matches(triple.Database, database) && CoversUser(triple, user)) is { } found
            ? $"{found.Cluster} / {found.Database} / {found.User}"
            : null;

    private static bool CoversUser(TripleOptions triple, string user) =>
        string.Equals(user, AdministratorUser, StringComparison.OrdinalIgnoreCase)
            ? string.Equals(triple.User, AdministratorUser, StringComparison.OrdinalIgnoreCase)
            : Matches(triple.User, user);

    private static bool Matches(string pattern, string text) => FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: false);

    private static bool IsIn(Person person, IReadOnlyList<string> groups) => groups.Any(group => group is "*" || person.Groups.Contains(group));
}
