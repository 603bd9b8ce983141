using Portal.Access;

namespace Portal.Shell;

/// <summary>A page that stands in the navigation.</summary>
/// <param name="Address">From the portal's own address on, as <c>&lt;base href&gt;</c> has it.</param>
/// <param name="Roles">Who may open it: any of these.</param>
/// <param name="Below">The beginnings of other addresses that belong to it.</param>
internal sealed record NavigationItem(string Text, string Address, IReadOnlyList<Role> Roles, params IReadOnlyList<string> Below)
{
    /// <summary>Whether the page at this path, or one below it, belongs here.</summary>
    public bool Holds(string path) =>
        string.Equals(path, Address, StringComparison.OrdinalIgnoreCase)
        || (Address.Length > 0 && path.StartsWith(Address + "/", StringComparison.OrdinalIgnoreCase))
        || Below.Any(beginning => path.StartsWith(beginning, StringComparison.OrdinalIgnoreCase));
}

/// <summary>The one list of what is in the navigation. A page is entered here when it exists; its own [Authorize] is what keeps others out.</summary>
internal static class Navigation
{
    public const string Changes = "changes";
    public const string Reviews = "reviews";

    private static readonly IReadOnlyList<Role> Everybody = [Role.Developer, Role.TeamLead, Role.Admin, Role.Auditor];

    public static IReadOnlyList<NavigationItem> All { get; } =
    [
        new("Pools", "", Everybody, "pools/", "clusters/"),
        new("Changes", Changes, Everybody),
        new("Reviews", Reviews, [Role.TeamLead, Role.Admin]),
        new("Look after", "look-after", [Role.TeamLead, Role.Admin]),
        new("Diagnose", "diagnose", Everybody),
        new("Audit", "audit", [Role.Admin, Role.Auditor]),
        new("Admin", "admin", [Role.Admin, Role.Auditor]),
    ];

    public static IEnumerable<NavigationItem> For(IReadOnlySet<Role> roles) => All.Where(item => item.Roles.Any(roles.Contains));

    /// <summary>The entry a path belongs to, to say who may open it.</summary>
    public static NavigationItem? Find(string path) => All.FirstOrDefault(item => item.Holds(path));
}
