namespace Portal.Access;

/// <summary>The roles that the company's sign-in gives. They do not include each other, except that a lead is a developer.</summary>
internal enum Role
{
    Developer,
    TeamLead,
    Admin,
    Auditor,
}

/// <summary>Somebody who is signed in, as the session row has it at this moment.</summary>
/// <param name="Id">Stable and unique: the provider's issuer and subject (for Entra, tenant and object id), never an e-mail address.</param>
/// <param name="Name">What to call them on a page. Not unique.</param>
/// <param name="Roles">What the provider said at sign-in.</param>
/// <param name="Groups">The groups the provider said at sign-in: names or ids, as the configuration of the teams uses them.</param>
internal sealed record Person(string Id, string Name, IReadOnlySet<Role> Roles, IReadOnlySet<string> Groups)
{
    public bool Has(Role role) => Roles.Contains(role) || (role is Role.Developer && Roles.Contains(Role.TeamLead));
}

/// <summary>Why somebody may not, and who may: the text of a refusal, ready to be shown.</summary>
internal sealed record Refusal(string Message)
{
    public static readonly Refusal SessionEnded = new("Your session has ended. Sign in again; what you typed is kept.");
}
