using Microsoft.EntityFrameworkCore;
using Portal.DigitalOcean;
using Portal.Inventory;
using Portal.Storage;

namespace Portal.Connections;

/// <summary>What a card says of the cluster around a pool. Each part can be missing without the others.</summary>
/// <param name="Sources">Who may connect, in a sentence or two; or why that is not known.</param>
/// <param name="Direct">Null when it could not be read.</param>
/// <param name="DirectTrouble">Why not; otherwise null.</param>
/// <param name="Certificate">The CA certificate in PEM; null when it could not be read.</param>
internal sealed record ClusterSurroundings(string Sources, DirectEndpoints? Direct, string? DirectTrouble, string? Certificate)
{
    public static readonly ClusterSurroundings None = new("", null, null, null);
}

/// <summary>Reads them. Nothing here stops a card: what cannot be read is said in its place.</summary>
internal sealed class SurroundingsReader(DigitalOceanClient api, DirectShelf directs, CertificateShelf certificates, Database database)
{
    public async Task<ClusterSurroundings> ReadAsync(Guid cluster, CancellationToken cancellationToken)
    {
        var rules = api.ListFirewallRulesAsync(cluster, cancellationToken);
        var direct = directs.GetAsync(cluster, cancellationToken);
        var certificate = certificates.GetAsync(cluster, cancellationToken);
        await Task.WhenAll(rules, direct, certificate);

        return new ClusterSurroundings(
            (await rules).Match(TrustedSources.Words, failure => $"Whom the cluster accepts could not be read: {FailureWords.Of(failure).Happened}"),
            (await direct).Match<DirectEndpoints?>(found => found, _ => null),
            (await direct).Match<string?>(_ => null, failure => FailureWords.Of(failure).Happened),
            (await certificate).Match<string?>(found => found.Pem, _ => null));
    }

    /// <summary>What the last test of a pool found of prepared statements; unknown when there was none.</summary>
    public Task<PreparedStatements> PreparedAsync(Guid cluster, string pool, CancellationToken cancellationToken) => database.ReadAsync(
        db => db.Set<PoolTestRecord>().Where(test => test.ClusterId == cluster && test.Name == pool).Select(test => test.Prepared).SingleOrDefaultAsync(cancellationToken),
        cancellationToken);
}
