using Microsoft.Extensions.Options;
using Portal.Audit;
using Portal.DigitalOcean;

namespace Portal.Vaults;

/// <summary>The key that signs checkpoints and exports of the record, out of the vault.</summary>
internal sealed class RecordSigningKey(
    IVault vault, IOptions<AuditOptions> options, IOptions<VaultOptions> vaults, TimeProvider clock, ILogger<RecordSigningKey> logger) : ISigningKeySource, IDisposable
{
    private static readonly NoSigningKey NotConfigured = new("No signing key is configured (Audit:SigningKeyPath), so nothing is signed.", IsConfigured: false);
    private static readonly NoSigningKey NotAKey = new("What the vault holds as the signing key of the record is no private key on P-256 in PEM (PKCS#8).", IsConfigured: true);

    private readonly Lock _lock = new();
    private readonly KeptSecret? _secret = options.Value.SigningKeyPath is { Length: > 0 } path
        ? new KeptSecret(vault, "the signing key of the record", path, "private_key", vaults.Value.CacheFor, clock, logger)
        : null;

    private (string Version, SigningKey? Key)? _read;

    public async ValueTask<Result<SigningKey, NoSigningKey>> GetAsync(CancellationToken cancellationToken) =>
        _secret is null ? NotConfigured : (await _secret.GetAsync(cancellationToken)).Match<Result<SigningKey, NoSigningKey>>(
            found => KeyOf(found) is { } key ? key : NotAKey,
            failure => new NoSigningKey(failure.Message, IsConfigured: true));

    public void Dispose()
    {
        _read?.Key?.Dispose();
        _secret?.Dispose();
    }

    private SigningKey? KeyOf(VaultSecret secret)
    {
        lock (_lock)
        {
            // The one before may be at work somewhere; it is left to the garbage collector.
            _read = _read is { } read && read.Version == secret.Version ? read : (secret.Version, SigningKey.TryRead(secret.Value.Reveal()));
            return _read.Value.Key;
        }
    }
}
