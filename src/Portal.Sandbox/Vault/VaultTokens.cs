using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Portal.Sandbox.Vault;

internal sealed record VaultToken(string Value, string Accessor, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt)
{
    /// <summary>A record prints its members; this one must not.</summary>
    public override string ToString() => Accessor;
}

/// <summary>Who may open the vault: one AppRole, and the tokens that it gave out. There is no root token.</summary>
internal sealed class VaultTokens
{
    public const string RoleId = "pool-portal";
    public static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, VaultToken> _tokens = new(StringComparer.Ordinal);
    private readonly TimeProvider _clock;

    public VaultTokens(SandboxOptions options, TimeProvider clock)
    {
        _clock = clock;
        if (options.SecretIdFile is { } path)
        {
            Write(path, SecretId);
        }
    }

    public string SecretId { get; } = Guid.NewGuid().ToString();

    public VaultToken? LogIn(string roleId, string secretId)
    {
        if (roleId != RoleId || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(secretId), Encoding.UTF8.GetBytes(SecretId)))
        {
            return null;
        }

        var now = _clock.GetUtcNow();
        var token = new VaultToken(
            "hvs." + RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 90),
            RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 24),
            now,
            now + Life);
        _tokens[token.Value] = token;
        return token;
    }

    public VaultToken? Find(string? value) =>
        value is not null && _tokens.TryGetValue(value, out var token) && token.ExpiresAt > _clock.GetUtcNow() ? token : null;

    public VaultToken Renew(VaultToken token) => _tokens[token.Value] = token with { ExpiresAt = _clock.GetUtcNow() + Life };

    /// <summary>Every token that was given out is worth nothing from now on.</summary>
    public void RevokeAll() => _tokens.Clear();

    private static void Write(string path, string text)
    {
        try
        {
            PrivateFile.Write(path, text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SandboxSettingException($"Sandbox:SecretIdFile cannot be written: {exception.Message}", exception);
        }
    }
}
