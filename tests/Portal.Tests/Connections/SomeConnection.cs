using System.Text;
using Portal.Access;
using Portal.Connections;
using Portal.DigitalOcean;
using Portal.Inventory;

namespace Portal.Tests.Connections;

internal static class SomeConnection
{
    public const string PublicHost = "orders-prod-do-user-1-0.b.db.ondigitalocean.com";
    public const string PrivateHost = "private-orders-prod-do-user-1-0.b.db.ondigitalocean.com";

    /// <summary>Something of everything that some format reads as syntax.</summary>
    public const string HostilePassword = """p@ss:w/o#rd%1'"\ $""";

    public static readonly ClusterIdentity Cluster = new(new Guid("00000000-0000-0000-0000-00000000a001"), "orders-prod", ["prod"]);

    public static Pool Pool(string? user = "app", string database = "checkout", string mode = "transaction") => new()
    {
        Name = "checkout-app",
        ModeText = mode,
        Size = 12,
        Database = database,
        User = user,
        Endpoints = new PoolEndpoints
        {
            Public = new PoolEndpoint(PublicHost, 25061),
            Private = new PoolEndpoint(PrivateHost, 25061),
        },
    };

    public static readonly DirectEndpoints Direct = new()
    {
        Public = new DirectEndpoint(PublicHost, 25060, "defaultdb"),
        Private = new DirectEndpoint(PrivateHost, 25060, "defaultdb"),
    };

    public static ManagedPool Managed(string? user = "app", string database = "checkout", string team = "Payments") => new()
    {
        ClusterId = Cluster.Id,
        Name = "checkout-app",
        Team = team,
        OwnerId = "someone",
        OwnerName = "Someone",
        Mode = PoolMode.Transaction,
        Size = 12,
        Database = database,
        User = user,
        ManagedSince = DateTimeOffset.UnixEpoch,
        LastChangeId = 1,
        LastChangedAt = DateTimeOffset.UnixEpoch,
    };

    /// <summary>As short as PEM can be.</summary>
    public const string Certificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

    public static ConnectionDetails Details(
        PasswordText password,
        string mode = "transaction",
        Network network = Network.Public,
        bool verify = false,
        string user = "app",
        ConnectionUse use = ConnectionUse.Pool,
        PreparedStatements prepared = PreparedStatements.Unknown)
    {
        var pool = Pool(user, mode: mode);
        var endpoint = new ConnectionWay(use, ConnectionServer.Primary, network).Find(pool, Direct)!;
        return new ConnectionDetails(endpoint, pool.Name, pool.Database, user, password, pool.Mode, pool.Size, verify)
        {
            Use = use,
            Prepared = prepared,
            Certificate = Certificate,
        };
    }

    /// <summary>Passwords that nobody should choose: of every length up to 40, from an alphabet of trouble. The same at every run.</summary>
    public static IEnumerable<string> HostilePasswords(int count)
    {
        const string Trouble = "'\"\\`$ %@:/#?&=;{}[]()<>|!~^*,.+-_\t\nabcXYZ019äß€\u00a0";
        var random = new Random(20250722);
        yield return HostilePassword;
        for (var i = 1; i < count; i++)
        {
            var text = new StringBuilder();
            for (var length = random.Next(1, 41); length > 0; length--)
            {
                text.Append(random.Next(20) == 0 ? "🔑" : Trouble[random.Next(Trouble.Length)].ToString());
            }

            yield return text.ToString();
        }
    }
}
