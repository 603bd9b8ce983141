using Portal.DigitalOcean;

namespace Portal.Connections;

/// <summary>The CA certificates of clusters.</summary>
internal sealed class CertificateShelf(DigitalOceanClient api, TimeProvider clock)
{
    private readonly Kept<CertificateAuthority> _kept = new(TimeSpan.FromMinutes(10), clock);

    /// <param name="cluster">One that is known to exist.</param>
    public Task<Result<CertificateAuthority, ApiFailure>> GetAsync(Guid cluster, CancellationToken cancellationToken) =>
        _kept.GetAsync(cluster, () => api.GetCertificateAuthorityAsync(cluster, cancellationToken));
}
