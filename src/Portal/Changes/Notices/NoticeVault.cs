using Microsoft.Extensions.Options;
using Portal.DigitalOcean;
using Portal.Vaults;

namespace Portal.Changes.Notices;

/// <summary>What the vault holds for notices: the secret that signs them, and the address where that is a secret.</summary>
internal sealed class NoticeVault(IVault vault, IOptions<NoticesOptions> options, IOptions<VaultOptions> vaults, TimeProvider clock, ILogger<NoticeVault> logger) : IDisposable
{
    private readonly KeptSecret _secret = new(vault, "the secret of notices", options.Value.SecretPath, "secret", vaults.Value.CacheFor, clock, logger);
    private readonly KeptSecret _address = new(vault, "the address of notices", options.Value.UrlPath ?? "", "url", vaults.Value.CacheFor, clock, logger);

    public ValueTask<Result<VaultSecret, VaultFailure>> SecretAsync(CancellationToken cancellationToken) => _secret.GetAsync(cancellationToken);

    /// <summary>Where to send to, out of the settings or the vault; never to be written anywhere.</summary>
    public async ValueTask<Result<Uri, VaultFailure>> AddressAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Url is { Length: > 0 } url)
        {
            return new Uri(url);
        }

        if (!(await _address.GetAsync(cancellationToken)).TryGet(out var kept, out var failure))
        {
            return failure;
        }

        var text = kept.Value.Reveal().Trim();
        return NoticesOptions.IsAddress(text)
            ? new Uri(text)
            : new VaultFailure("What the vault holds as the address of notices is no https address.");
    }

    public void Dispose()
    {
        _secret.Dispose();
        _address.Dispose();
    }
}
