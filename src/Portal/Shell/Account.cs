using System.Security.Claims;
using Portal.Access;

namespace Portal.Shell;

/// <summary>What the frame shows of the person who looks: for drawing only. Whoever acts reads the session.</summary>
internal sealed record Account(string Name, IReadOnlySet<Role> Roles)
{
    // Every lead is a developer; that needs no saying.
    public string RoleNames => Roles.Count == 0
        ? "No role"
        : string.Join(", ", Roles.Order().Where(role => role is not Role.Developer || !Roles.Contains(Role.TeamLead)).Select(NameOf));

    public static Account Of(ClaimsPrincipal user) => new(
        user.Identity?.Name is { Length: > 0 } name ? name : "Signed in",
        user.Identities
            .SelectMany(identity => identity.FindAll(identity.RoleClaimType))
            .Where(claim => Enum.IsDefined(typeof(Role), claim.Value))
            .Select(claim => Enum.Parse<Role>(claim.Value))
            .ToHashSet());

    public static string NameOf(Role role) => role switch
    {
        Role.Developer => "Developer",
        Role.TeamLead => "Team lead",
        Role.Admin => "Admin",
        _ => "Auditor",
    };
}
