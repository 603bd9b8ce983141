using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Portal.Sandbox.SignIn;

/// <summary>What a code stands for.</summary>
internal sealed record Grant(
    SandboxAccount Account,
    string ClientId,
    string RedirectUri,
    string CodeChallenge,
    string Nonce,
    string Scope,
    DateTimeOffset SignedInAt);

/// <summary>Authorization codes: good for one use within a minute.</summary>
internal sealed class AuthorizationCodes(TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(60);
    private readonly ConcurrentDictionary<string, Grant> _grants = new(StringComparer.Ordinal);

    public string Issue(Grant grant)
    {
        foreach (var (stale, _) in _grants.Where(pair => IsOver(pair.Value)))
        {
            _grants.TryRemove(stale, out _);
        }

        var code = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));
        _grants[code] = grant;
        return code;
    }

    /// <summary>The grant, once: whatever comes of this attempt, the code is used up.</summary>
    public Grant? Redeem(string code) => _grants.TryRemove(code, out var grant) && !IsOver(grant) ? grant : null;

    private bool IsOver(Grant grant) => clock.GetUtcNow() >= grant.SignedInAt + Life;
}
