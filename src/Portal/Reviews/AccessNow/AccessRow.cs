namespace Portal.Reviews.AccessNow;

/// <summary>That somebody may do something with a pool, and why.</summary>
/// <param name="User">The database user; null for an inbound-user pool.</param>
/// <param name="Team">Null for a pool that the portal does not manage.</param>
/// <param name="PersonName">Null in a row about a group of which nobody has signed in of late, and where nobody may.</param>
/// <param name="Group">The group by which it is so; null where none is needed.</param>
internal sealed record AccessRow(
    string Cluster, string Pool, string Database, string? User, string? Team, string Right, string? PersonName, string? PersonId, string? Group, string Why)
{
    public const string SeeConnection = "see connection";
    public const string Change = "change";
    public const string Review = "review";
    public const string HandOver = "hand over";
}
