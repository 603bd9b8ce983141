using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Portal.DigitalOcean;

namespace Portal.Vaults;

/// <summary>The key out of the vault that encrypts Data Protection's keys in the database, and those that did so before it.</summary>
/// <remarks>
/// Once read it stays in memory for the life of the process: without it nobody could sign in, and a vault that is down must not lock out those
/// who are. The one before is looked for beside it, at the same place with <c>-previous</c> behind its name.
/// </remarks>
internal sealed class KeyEncryptionKeys(IVault vault, IOptions<VaultOptions> options, ILogger<KeyEncryptionKeys> logger)
{
    private const string Field = "key";
    private const int KeyBytes = 32;

    private readonly ConcurrentDictionary<string, byte[]> _keys = new(StringComparer.Ordinal);
    private readonly string _path = options.Value.KeysPath;
    private volatile string? _current;

    public bool IsConfigured => _path.Length > 0;

    /// <summary>Whether people can be let in: cookies can be sealed and opened.</summary>
    public bool IsReady => !IsConfigured || _current is not null;

    /// <summary>Why there is no key yet, in words that say what to do; null when there is one.</summary>
    public string? Trouble { get; private set; } = "It was not asked for yet.";

    /// <summary>Reads the key, and the one before it where there is one. A key that was read before stays when the vault does not answer.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (!IsConfigured)
        {
            return;
        }

        var current = await ReadAsync(_path, cancellationToken);
        if (!current.TryGet(out var found, out var failure))
        {
            Trouble = _current is null ? failure.Message : null;
            return;
        }

        if (_current is null && (await ReadAsync($"{_path}-previous", cancellationToken)).TryGet(out var previous, out _))
        {
            Keep(previous);
        }

        var id = Keep(found);
        if (id != _current)
        {
            logger.KeyEncryptionKeyRead(id);
            _current = id;
        }

        Trouble = null;
    }

    /// <returns>The id of the key, and nonce, ciphertext and tag in one.</returns>
    /// <exception cref="CryptographicException">There is no key yet.</exception>
    public (string KeyId, byte[] Sealed) Encrypt(ReadOnlySpan<byte> plain)
    {
        var id = _current ?? throw new CryptographicException($"The key that encrypts Data Protection's keys is not at hand. {Trouble}");
        var sealedBytes = new byte[AesGcm.NonceByteSizes.MaxSize + plain.Length + AesGcm.TagByteSizes.MaxSize];
        var (nonce, text, tag) = Parts(sealedBytes);
        RandomNumberGenerator.Fill(nonce.Span);
        using var aes = new AesGcm(_keys[id], tag.Length);
        aes.Encrypt(nonce.Span, plain, text.Span, tag.Span);
        return (id, sealedBytes);
    }

    /// <exception cref="CryptographicException">The key is not at hand, or the bytes were changed.</exception>
    public byte[] Decrypt(string keyId, byte[] sealedBytes)
    {
        if (!_keys.TryGetValue(keyId, out var key))
        {
            throw new CryptographicException($"A Data Protection key was encrypted with key {keyId}, which the vault has neither at {_path} nor at {_path}-previous.");
        }

        var (nonce, text, tag) = Parts(sealedBytes);
        var plain = new byte[text.Length];
        using var aes = new AesGcm(key, tag.Length);
        aes.Decrypt(nonce.Span, text.Span, tag.Span, plain);
        return plain;
    }

    private async Task<Result<byte[], VaultFailure>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!(await vault.ReadAsync(path, Field, cancellationToken)).TryGet(out var secret, out var failure))
        {
            return failure;
        }

        var key = new byte[KeyBytes];
        return Convert.TryFromBase64String(secret.Value.Reveal(), key, out var length) && length == KeyBytes
            ? key
            : new VaultFailure($"What the vault holds at {path} is not 32 bytes in base64. Put the output of 'openssl rand -base64 32' there.");
    }

    private string Keep(byte[] key)
    {
        // Names the key without telling anything of it.
        var id = Convert.ToHexStringLower(SHA256.HashData(key).AsSpan(0, 8));
        _keys[id] = key;
        return id;
    }

    private static (Memory<byte> Nonce, Memory<byte> Text, Memory<byte> Tag) Parts(byte[] bytes)
    {
        var nonce = AesGcm.NonceByteSizes.MaxSize;
        var tag = AesGcm.TagByteSizes.MaxSize;
        return bytes.Length < nonce + tag
            ? throw new CryptographicException("An encrypted Data Protection key is cut short.")
            : (bytes.AsMemory(0, nonce), bytes.AsMemory(nonce..^tag), bytes.AsMemory(^tag..));
    }
}
