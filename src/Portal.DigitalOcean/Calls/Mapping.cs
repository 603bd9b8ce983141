using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Portal.DigitalOcean.Wire;

namespace Portal.DigitalOcean.Calls;

/// <summary>An answer lacks something that a caller cannot do without.</summary>
internal sealed class InvalidAnswerException(string what) : Exception($"the answer lacks {what}");

/// <summary>From the wire to the models. Throws <see cref="InvalidAnswerException"/>.</summary>
internal static partial class Mapping
{
    public static Account ToModel(this AccountRoot root)
    {
        var account = Required(root.Account, "account");
        return new Account
        {
            Id = Required(account.Uuid, "account.uuid"),
            Email = Required(account.Email, "account.email"),
            Name = account.Name,
            Status = account.Status,
            StatusMessage = account.StatusMessage,
            TeamName = account.Team?.Name,
        };
    }

    public static DatabaseOptions ToModel(this OptionsRoot root)
    {
        var postgreSql = Required(Required(root.Options, "options").Pg, "options.pg");
        return new DatabaseOptions
        {
            Regions = Texts(postgreSql.Regions),
            Versions = Texts(postgreSql.Versions),
            DefaultVersion = postgreSql.DefaultVersion,
            Layouts = List(postgreSql.Layouts, layout =>
                new DatabaseLayout(Required(layout.NumNodes, "num_nodes of a layout"), Texts(layout.Sizes))),
        };
    }

    public static Cluster ToModel(this WireCluster? wire)
    {
        var cluster = Required(wire, "database");
        return new Cluster
        {
            Id = Id(cluster.Id) ?? throw new InvalidAnswerException("the id of a cluster"),
            Name = Required(cluster.Name, "the name of a cluster"),
            Engine = Required(cluster.Engine, "the engine of a cluster"),
            Version = cluster.Version,
            Status = cluster.Status ?? "",
            Region = Required(cluster.Region, "the region of a cluster"),
            SizeSlug = Required(cluster.Size, "the size of a cluster"),
            NodeCount = Required(cluster.NumNodes, "num_nodes of a cluster"),
            Tags = Texts(cluster.Tags),
            DatabaseNames = Texts(cluster.DbNames),
            Users = List(cluster.Users, ToModel),
            PrivateNetworkId = Id(cluster.PrivateNetworkUuid),
            CreatedAt = Time(cluster.CreatedAt),
            Direct = new DirectEndpoints
            {
                Public = Direct(cluster.Connection),
                Private = Direct(cluster.PrivateConnection),
                Standby = Direct(cluster.StandbyConnection),
                StandbyPrivate = Direct(cluster.StandbyPrivateConnection),
            },
        };
    }

    public static CertificateAuthority ToModel(this CertificateRoot root)
    {
        var text = Required(root.Ca?.Certificate, "ca.certificate");
        if (!Base64.IsValid(text))
        {
            throw new InvalidAnswerException("a certificate in Base64");
        }

        var pem = Encoding.ASCII.GetString(Convert.FromBase64String(text));
        return pem.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal)
            ? new CertificateAuthority(pem)
            : throw new InvalidAnswerException("a certificate in PEM");
    }

    public static DatabaseUser ToModel(this WireUser? user) =>
        new(Required(user?.Name, "the name of a user"), user!.Role);

    public static string ToModel(this WireDatabase database) => Required(database.Name, "the name of a database");

    public static FirewallRule ToModel(this WireFirewallRule rule) => new()
    {
        Id = Id(rule.Uuid),
        Type = Required(rule.Type, "the type of a firewall rule"),
        Value = Required(rule.Value, "the value of a firewall rule"),
        Description = NullIfEmpty(rule.Description),
        CreatedAt = Time(rule.CreatedAt),
    };

    public static Replica ToModel(this WireReplica replica) => new()
    {
        Id = Id(replica.Id),
        Name = Required(replica.Name, "the name of a replica"),
        Status = replica.Status,
        Region = replica.Region,
        SizeSlug = replica.Size,
        Direct = new DirectEndpoints { Public = Direct(replica.Connection), Private = Direct(replica.PrivateConnection) },
    };

    public static IReadOnlyList<TModel> List<TWire, TModel>(IReadOnlyList<TWire?>? wire, Func<TWire, TModel> map)
        where TWire : class =>
        wire is null ? [] : [.. wire.Select(item => map(Required(item, "an element of a list")))];

    private static IReadOnlyList<string> Texts(IReadOnlyList<string?>? wire) => List(wire, text => text);

    private static PoolEndpoint? Endpoint(string? host, int? port) =>
        NullIfEmpty(host) is { } name && port is { } number ? new PoolEndpoint(name, number) : null;

    private static DirectEndpoint? Direct(WireConnection? connection) =>
        Endpoint(connection?.Host, connection?.Port) is { } endpoint
            ? new DirectEndpoint(endpoint.Host, endpoint.Port, NullIfEmpty(connection!.Database))
            : null;

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static Guid? Id(string? text) => Guid.TryParse(text, out var id) ? id : null;

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static string Required(string? value, string what) => NullIfEmpty(value) ?? throw new InvalidAnswerException(what);

    private static int Required(int? value, string what) => value ?? throw new InvalidAnswerException(what);

    private static T Required<T>(T? value, string what)
        where T : class => value ?? throw new InvalidAnswerException(what);
}
