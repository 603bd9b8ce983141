using System.Runtime.CompilerServices;
using Portal.Connections;
using Portal.Connections.Probing;
using Portal.DigitalOcean;

namespace Portal.Commands;

/// <summary>Whether this machine reaches the clusters, as the test of a new pool has to. Connects by TCP, and sends nothing.</summary>
internal sealed class NetworkCheck(DigitalOceanClient api, TimeProvider clock)
{
    private const string What = "way to the clusters";

    /// <summary>Enough to see whether it is one cluster or the network.</summary>
    private const int Most = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public async IAsyncEnumerable<Found> TryAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!(await api.ListClustersAsync(cancellationToken)).TryGet(out var clusters, out _))
        {
            yield return Found.Note(What, "not tried, because DigitalOcean does not say where they are");
            yield break;
        }

        var tried = await Task.WhenAll(clusters.Where(cluster => cluster.IsPostgreSql && cluster.IsOnline).Take(Most).Select(cluster => TryAsync(cluster, cancellationToken)));
        var away = tried.Where(cluster => cluster.Why is not null).ToList();
        if (tried.Length == 0)
        {
            yield return Found.Note(What, "not tried, because no PostgreSQL cluster is online");
        }
        else if (away.Count == 0)
        {
            yield return Found.Good(What, $"{tried.Length} of {tried.Length} answer");
        }
        else
        {
            yield return Found.Note(What,
                $"{tried.Length - away.Count} of {tried.Length} answer. Not: {string.Join(", ", away.Select(cluster => $"{cluster.Name} ({cluster.Why})"))}. "
                + "Pools there are made and not tested. Put this machine into the trusted sources of the cluster, or the portal into its private network.");
        }
    }

    private async Task<(string Name, string? Why)> TryAsync(Cluster cluster, CancellationToken cancellationToken)
    {
        string? why = "it has no address";
        (DirectEndpoint? Endpoint, Network Network)[] ways = [(cluster.Direct.Private, Network.Private), (cluster.Direct.Public, Network.Public)];
        foreach (var (endpoint, network) in ways)
        {
            if (endpoint is null)
            {
                continue;
            }

            var reached = await Reach.TryAsync(new ProbeWay(new PoolEndpoint(endpoint.Host, endpoint.Port), network), Patience, clock, cancellationToken);
            if (reached.IsThere)
            {
                return (cluster.Name, null);
            }

            why = reached.Words;
        }

        return (cluster.Name, why);
    }
}
