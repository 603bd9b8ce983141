using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Portal.DigitalOcean;
using Portal.Inventory;
using Portal.Storage;

namespace Portal.Connections.Diagnosis;

/// <summary>A pool that the inventory knows.</summary>
public sealed record KnownPool(Guid ClusterId, string ClusterName, string Name, PoolMode? Mode, int Size, string Database, string? User)
{
    public string Address => PoolAddresses.Of(ClusterId, Name);

    /// <summary>Whether a client keeps its server connection, so that what a session holds stays with it.</summary>
    public bool KeepsSession => Mode is PoolMode.Session;
}

/// <summary>What the inventory knows of the names in a pasted text. Hosts are not in the inventory.</summary>
/// <param name="About">The pool whose page the question came from.</param>
/// <param name="Pools">Those of that name, or with a database of that name behind them.</param>
/// <param name="DatabaseOf">Names of databases, each with the clusters that have it.</param>
internal sealed record Surroundings(KnownPool? About, IReadOnlyList<KnownPool> Pools, ILookup<string, string> DatabaseOf)
{
    public static readonly Surroundings Unknown = new(null, [], Array.Empty<string>().ToLookup(name => name, StringComparer.Ordinal));

    public KnownPool? Pool(string? name) => About?.Name == name ? About : Pools.FirstOrDefault(pool => pool.Name == name);

    public IReadOnlyList<KnownPool> PoolsOf(string? database) => [.. Pools.Where(pool => pool.Database == database)];

    public bool IsDatabase(string? name) => name is not null && (DatabaseOf.Contains(name) || Pools.Any(pool => pool.Database == name));
}

/// <summary>Looks names up in the portal's own database, and nowhere else.</summary>
internal sealed partial class KnownNames(Database database)
{
    private const int MostPools = 20;

    /// <param name="aboutCluster">With <paramref name="aboutPool"/>: where the question came from; nothing else is compared then.</param>
    public Task<Surroundings> ReadAsync(
        string text, PastedConnection? connection, Guid? aboutCluster, string? aboutPool, CancellationToken cancellationToken)
    {
        List<string> names = [.. Names().Matches(text).Select(match => match.Groups["name"].Value), .. connection?.Database is { } name ? [name] : (string[])[]];
        return database.ReadAsync(db => ReadAsync(db, [.. names.Distinct(StringComparer.Ordinal).Take(10)], aboutCluster, aboutPool, cancellationToken), cancellationToken);
    }

    private static async Task<Surroundings> ReadAsync(
        PortalDbContext db, List<string> names, Guid? aboutCluster, string? aboutPool, CancellationToken cancellationToken)
    {
        var pools = await (
            from pool in db.Set<PoolRecord>()
            join cluster in db.Set<ClusterRecord>() on pool.ClusterId equals cluster.Id
            where (aboutCluster == null || pool.ClusterId == aboutCluster)
                && (names.Contains(pool.Name) || names.Contains(pool.Database) || pool.Name == aboutPool)
            orderby names.Contains(pool.Name) descending, cluster.Name, pool.Name
            select new { pool.ClusterId, ClusterName = cluster.Name, pool.Name, pool.ModeText, pool.Size, pool.Database, pool.User }).Take(MostPools).ToListAsync(cancellationToken);
        List<KnownPool> known = [.. pools.Select(pool => new KnownPool(
            pool.ClusterId, pool.ClusterName, pool.Name, PoolModes.Parse(pool.ModeText), pool.Size, pool.Database, pool.User))];
        List<(string Name, string Cluster)> databases = [];
        foreach (var name in names)
        {
            var clusters = await db.Set<ClusterRecord>()
                .Where(cluster => (aboutCluster == null || cluster.Id == aboutCluster) && cluster.Databases.Contains(name))
                .OrderBy(cluster => cluster.Name).Select(cluster => cluster.Name).Take(3).ToListAsync(cancellationToken);
            databases.AddRange(clusters.Select(cluster => (name, cluster)));
        }

        return new Surroundings(
            aboutPool is null ? null : known.FirstOrDefault(pool => pool.ClusterId == aboutCluster && pool.Name == aboutPool),
            known,
            databases.ToLookup(pair => pair.Name, pair => pair.Cluster, StringComparer.Ordinal));
    }

    [GeneratedRegex("""no such database: (?<name>[^\s"'`]+)|database "(?<name>[^"\r\n]{1,63})" does not exist|[Dd]atabase `(?<name>[^`\r\n]{1,63})` does not exist""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Names();
}
