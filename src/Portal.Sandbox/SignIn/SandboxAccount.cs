using System.Security.Cryptography;
using System.Text;

namespace Portal.Sandbox.SignIn;

/// <summary>Somebody who can sign in: one button on the page.</summary>
public sealed record SandboxAccount(string Name, string Description, string DisplayName, IReadOnlyList<string> Roles, IReadOnlyList<string> Groups)
{
    private const string Developer = "Pool.Developer";
    private const string Lead = "Pool.TeamLead";

    /// <summary>All of them, in the order of the page.</summary>
    public static IReadOnlyList<SandboxAccount> All { get; } =
    [
        new("developer", "Payments, developer", "Dana Developer", [Developer], ["payments"]),
        new("lead", "Payments, team lead", "Lee Lead", [Lead], ["payments", "payments-leads"]),
        new("lead3", "Payments, second team lead", "Lou Lead", [Lead], ["payments", "payments-leads"]),
        new("developer2", "Orders, developer", "Devi Developer", [Developer], ["orders"]),
        new("lead2", "Orders, team lead", "Leo Lead", [Lead], ["orders", "orders-leads"]),
        new("admin", "Administrator of the portal", "Ada Admin", ["Pool.Admin"], []),
        new("auditor", "Reads the audit record", "Audrey Auditor", ["Pool.Auditor"], []),
        new("outsider", "Has an account and no role", "Otto Outsider", [], []),
    ];

    /// <summary>The same at every start, and nothing that a name could be mistaken for.</summary>
    public string Subject => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"sandbox account {Name}")))[..32];

    public string Email => $"{Name}@example.com";

    public static SandboxAccount? Find(string? name) => All.FirstOrDefault(account => account.Name == name);
}
