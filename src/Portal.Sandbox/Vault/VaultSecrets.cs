using System.Text.Json;

namespace Portal.Sandbox.Vault;

/// <summary>One version of a secret.</summary>
internal sealed record SecretVersion(int Number, JsonElement Data, DateTimeOffset CreatedAt)
{
    /// <summary>A record prints its members; this one must not.</summary>
    public override string ToString() => $"version {Number}";
}

/// <summary>The secrets of the mount <c>secret</c>, with every version they had.</summary>
internal sealed class VaultSecrets(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<SecretVersion>> _secrets = new(StringComparer.Ordinal);

    public IReadOnlyList<SecretVersion> Versions(string path)
    {
        lock (_lock)
        {
            return _secrets.TryGetValue(path, out var versions) ? [.. versions] : [];
        }
    }

    /// <summary>Adds a version; null where check-and-set names another one than the current.</summary>
    public SecretVersion? Write(string path, JsonElement data, int? checkAndSet = null)
    {
        lock (_lock)
        {
            var versions = _secrets.GetValueOrDefault(path) ?? [];
            if (checkAndSet is not null && checkAndSet != versions.Count)
            {
                return null;
            }

            var version = new SecretVersion(versions.Count + 1, data.Clone(), clock.GetUtcNow());
            versions.Add(version);
            _secrets[path] = versions;
            return version;
        }
    }
}
