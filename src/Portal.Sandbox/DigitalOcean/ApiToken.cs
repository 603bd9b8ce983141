using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace Portal.Sandbox.DigitalOcean;

/// <summary>A token that the API knows, and what it may do.</summary>
internal sealed record ApiToken(string Name, string Value, IReadOnlySet<string> Scopes)
{
    public const string ViewCredentials = "database:view_credentials";

    private static readonly string[] EveryScope =
    [
        "account:read", "actions:read", "database:create", "database:delete", "database:read", "database:update",
        ViewCredentials, "project:read", "regions:read", "sizes:read", "tag:read", "vpc:read",
    ];

    private static readonly ApiToken[] Known =
    [
        new("all-scopes", "dop_v1_sandbox", EveryScope.ToHashSet(StringComparer.Ordinal)),
        new("no-view", "dop_v1_sandbox_noview", EveryScope.Where(scope => scope != ViewCredentials).ToHashSet(StringComparer.Ordinal)),
    ];

    public bool MayViewCredentials => Scopes.Contains(ViewCredentials);

    /// <summary>The token of an <c>Authorization</c> header: one header, scheme Bearer, one value, nothing else.</summary>
    public static ApiToken? Find(StringValues authorization)
    {
        const string Scheme = "Bearer ";
        if (authorization.Count != 1 || authorization[0] is not { } header || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var value = Encoding.UTF8.GetBytes(header[Scheme.Length..]);
        return Array.Find(Known, token => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token.Value), value));
    }

    public override string ToString() => Name;
}

/// <summary>The tokens that are refused from some moment on, by name.</summary>
internal sealed class RevokedTokens
{
    private readonly ConcurrentDictionary<string, bool> _names = new(StringComparer.Ordinal);

    public void Add(string name) => _names[name] = true;

    public bool Has(ApiToken token) => _names.ContainsKey(token.Name);
}
