using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Portal.Sandbox.SignIn;

/// <summary>Who is signed in at the provider, by the <c>sid</c> of the id token, so that it can tell the portals when it ends that.</summary>
internal sealed class ProviderSessions
{
    private readonly ConcurrentDictionary<string, SandboxAccount> _open = new(StringComparer.Ordinal);

    public string Begin(SandboxAccount account)
    {
        var sid = RandomNumberGenerator.GetHexString(32, lowercase: true);
        _open[sid] = account;
        return sid;
    }

    /// <summary>Ends them all, and returns what they were called.</summary>
    public IReadOnlyList<string> End(SandboxAccount account)
    {
        var ended = _open.Where(session => session.Value.Name == account.Name).Select(session => session.Key).ToList();
        ended.ForEach(sid => _open.TryRemove(sid, out _));
        return ended;
    }
}
