using System.Collections.Concurrent;
using Portal.DigitalOcean;

namespace Portal.Connections;

/// <summary>The CA certificates of clusters, kept in memory for a while: they are public, and change once in years.</summary>
internal sealed class CertificateShelf(DigitalOceanClient api, TimeProvider clock)
{
    private static readonly TimeSpan Keep = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<Guid, (CertificateAuthority Authority, DateTimeOffset ReadAt)> _kept = new();

    /// <param name="cluster">One that is known to exist: every id that is asked for may take a place here.</param>
    public async Task<Result<CertificateAuthority, ApiFailure>> GetAsync(Guid cluster, CancellationToken cancellationToken)
    {
        if (_kept.TryGetValue(cluster, out var kept) && clock.GetUtcNow() - kept.ReadAt < Keep)
        {
            return kept.Authority;
        }

        var answer = await api.GetCertificateAuthorityAsync(cluster, cancellationToken);
        if (answer.TryGet(out var authority, out _))
        {
            _kept[cluster] = (authority, clock.GetUtcNow());
        }

        return answer;
    }
}
