using Portal.DigitalOcean;

namespace Portal.Vaults;

/// <summary>A place that holds secrets. Which one is a matter of configuration.</summary>
internal interface IVault
{
    /// <summary>Reads one field of one secret, always from the vault itself.</summary>
    /// <param name="path">Where the secret is, in the vault's own way of naming.</param>
    /// <param name="field">Which value of it; ignored by a vault whose secrets are single values.</param>
    Task<Result<VaultSecret, VaultFailure>> ReadAsync(string path, string field, CancellationToken cancellationToken);
}

/// <param name="Version">What the vault calls this state of the secret: a number, an id, or a file's time. Not secret.</param>
internal sealed record VaultSecret(Secret Value, string Version);

/// <summary>Why there is no secret, in words that say what to do. Never quotes what was read.</summary>
internal sealed record VaultFailure(string Message);
