using Microsoft.Extensions.Options;
using Portal.DigitalOcean;
using Portal.Vaults;

namespace Portal.Access;

/// <summary>The portal's own secret at the provider, out of the vault.</summary>
internal sealed class ClientSecret(IVault vault, IOptions<SignInOptions> options, IOptions<VaultOptions> vaults, TimeProvider clock, ILogger<ClientSecret> logger) : IDisposable
{
    private readonly KeptSecret _secret = new(vault, "the client secret", options.Value.ClientSecretPath ?? SignInOptions.DefaultSecretPath, "client_secret", vaults.Value.CacheFor, clock, logger);

    public ValueTask<Result<VaultSecret, VaultFailure>> GetAsync(CancellationToken cancellationToken) => _secret.GetAsync(cancellationToken);

    /// <summary>The provider said <c>invalid_client</c>: the next reading asks the vault.</summary>
    public void Refuse(VaultSecret secret) => _secret.Refuse(secret.Value);

    public void Dispose() => _secret.Dispose();
}
