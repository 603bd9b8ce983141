using Portal.DigitalOcean;

namespace Portal.Rehearsal;

/// <summary>Somebody in DigitalOcean's own panel, of whom the portal knows nothing.</summary>
internal sealed class Panel(DigitalOceanClient api)
{
    public async Task<IReadOnlyDictionary<string, Guid>> ClustersAsync(CancellationToken cancellationToken) =>
        Done(await api.ListClustersAsync(cancellationToken)).ToDictionary(cluster => cluster.Name, cluster => cluster.Id, StringComparer.Ordinal);

    public async Task CreateAsync(Guid cluster, string name, PoolFields fields, CancellationToken cancellationToken) =>
        Done(await api.CreatePoolAsync(cluster, new NewPool(name, fields), cancellationToken));

    public async Task ChangeAsync(Guid cluster, string name, PoolFields fields, CancellationToken cancellationToken) =>
        Done(await api.UpdatePoolAsync(cluster, name, fields, cancellationToken));

    public async Task DeleteAsync(Guid cluster, string name, CancellationToken cancellationToken) =>
        Done(await api.DeletePoolAsync(cluster, name, cancellationToken));

    private static T Done<T>(Result<T, ApiFailure> answer)
        where T : notnull => answer.TryGet(out var value, out var failure)
        ? value
        : throw new InvalidOperationException($"The sandbox refused what the panel asked for: {failure}");
}
