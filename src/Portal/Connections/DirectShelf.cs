using Microsoft.EntityFrameworkCore;
using Portal.DigitalOcean;
using Portal.Inventory;
using Portal.Storage;

namespace Portal.Connections;

/// <summary>Where the PostgreSQL of each cluster listens.</summary>
internal sealed class DirectShelf(DigitalOceanClient api, Database database, TimeProvider clock)
{
    private readonly Kept<DirectEndpoints> _kept = new(TimeSpan.FromMinutes(10), clock);

    /// <param name="cluster">One that is known to exist, or a read replica.</param>
    public Task<Result<DirectEndpoints, ApiFailure>> GetAsync(Guid cluster, CancellationToken cancellationToken) =>
        _kept.GetAsync(cluster, async () =>
        {
            var primary = await database.ReadAsync(
                db => db.Set<ClusterRecord>().Where(row => row.Id == cluster).Select(row => row.PrimaryId).SingleOrDefaultAsync(cancellationToken),
                cancellationToken);
            return primary is { } id
                ? (await api.ListReplicasAsync(id, cancellationToken)).Match<Result<DirectEndpoints, ApiFailure>>(
                    replicas => replicas.FirstOrDefault(replica => replica.Id == cluster)?.Direct ?? new DirectEndpoints(),
                    failure => failure)
                : (await api.GetClusterAsync(cluster, cancellationToken)).Match<Result<DirectEndpoints, ApiFailure>>(
                    found => found.Direct,
                    failure => failure);
        });
}
