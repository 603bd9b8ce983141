using System.Globalization;

namespace Portal.Sandbox.DigitalOcean;

/// <summary>From the state to the bodies, for one token: what it may not see is not there.</summary>
internal static class WireMapping
{
    private static readonly Guid Project = new("66666666-6666-4666-8666-666666666666");
    private static readonly WireMaintenance Maintenance = new("tuesday", "14:00", false, []);

    public static WirePool ToWire(this Pool pool, Cluster cluster, ApiToken token)
    {
        var address = cluster.Address;
        WireConnection At(string host) =>
            Connection(host, address.PoolPort, pool.Name, pool.IsInbound ? null : cluster.Contents.User(pool.User), token);
        return new WirePool
        {
            Name = pool.Name,
            Mode = pool.Mode,
            Size = pool.Size,
            Db = pool.Database,
            User = pool.User,
            Connection = At(address.Host),
            PrivateConnection = address.PrivateHost is { } host ? At(host) : null,
            StandbyConnection = HasStandby(cluster) ? At(Standby(address.Host)) : null,
            StandbyPrivateConnection = HasStandby(cluster) && address.PrivateHost is { } inner ? At(PrivateStandby(inner)) : null,
        };
    }

    public static WireCluster ToWire(this Cluster cluster, ApiToken token)
    {
        var facts = cluster.Facts;
        var contents = cluster.Contents;
        var address = cluster.Address;
        WireConnection At(string host) => Connection(host, address.DirectPort, "defaultdb", contents.User(DatabaseUser.Primary), token);
        return new WireCluster
        {
            Id = facts.Id,
            Name = facts.Name,
            Engine = facts.Engine,
            Version = cluster.RunningVersion?.Major.ToString(CultureInfo.InvariantCulture) ?? facts.Version,
            SemanticVersion = cluster.RunningVersion?.ToString() ?? facts.SemanticVersion,
            NumNodes = facts.NumNodes,
            Size = facts.Size,
            Region = facts.Region,
            Status = cluster.Status,
            CreatedAt = facts.CreatedAt,
            PrivateNetworkUuid = PrivateNetwork(facts),
            Tags = facts.Tags,
            DbNames = contents.Databases,
            Connection = At(address.Host),
            PrivateConnection = address.PrivateHost is { } host ? At(host) : null,
            StandbyConnection = HasStandby(cluster) ? At(Standby(address.Host)) : null,
            StandbyPrivateConnection = HasStandby(cluster) && address.PrivateHost is { } inner ? At(PrivateStandby(inner)) : null,
            Users = [.. contents.Users.Select(user => user.ToWire(token))],
            MaintenanceWindow = Maintenance,
            ProjectId = Project,
            Rules = facts.Rules,
            StorageSizeMib = StorageOf(facts),
            MetricsEndpoints = [new WireEndpoint(address.Host, 9273)],
        };
    }

    public static WireReplica ToReplicaWire(this Cluster replica, ApiToken token)
    {
        var facts = replica.Facts;
        WireConnection At(string host) => Connection(host, replica.Address.DirectPort, "defaultdb", replica.Contents.User(DatabaseUser.Primary), token);
        return new WireReplica
        {
            Id = facts.Id,
            Name = facts.Name,
            Region = facts.Region,
            Size = facts.Size,
            Status = replica.Status,
            Tags = facts.Tags,
            CreatedAt = facts.CreatedAt,
            PrivateNetworkUuid = PrivateNetwork(facts),
            Connection = At(replica.Address.Host),
            PrivateConnection = replica.Address.PrivateHost is { } host ? At(host) : null,
            StorageSizeMib = StorageOf(facts),
        };
    }

    public static WireUser ToWire(this DatabaseUser user, ApiToken token) =>
        new(user.Name, user.Role, token.MayViewCredentials ? user.Password : null);

    /// <remarks>
    /// The scheme is the one of the live API, not the specification's (digitalocean/godo#663). Without the scope the user stays in the URI,
    /// with an empty password (digitalocean/terraform-provider-digitalocean#1165); an inbound-user pool has neither (digitalocean/doctl#1205).
    /// </remarks>
    private static WireConnection Connection(string host, int port, string database, DatabaseUser? user, ApiToken token)
    {
        var mayView = token.MayViewCredentials;
        var name = Uri.EscapeDataString(user?.Name ?? "");
        var password = mayView ? Uri.EscapeDataString(user?.Password ?? "") : "";
        return new WireConnection(
            $"postgresql://{name}:{password}@{host}:{port}/{Uri.EscapeDataString(database)}?sslmode=require",
            database,
            host,
            port,
            user is null ? "" : mayView ? user.Name : null,
            user is null ? "" : mayView ? user.Password : null,
            Ssl: true);
    }

    private static string? PrivateNetwork(ClusterFacts facts) => facts.HasPrivateNetwork ? "77777777-7777-4777-8777-777777777777" : null;

    private static int StorageOf(ClusterFacts facts) => facts.Gibibytes * 10 * 1024;

    private static bool HasStandby(Cluster cluster) => cluster.Facts.NumNodes >= 2;

    private static string Standby(string host) => $"replica-{host}";

    private static string PrivateStandby(string privateHost) => privateHost.Replace("private-", "private-replica-", StringComparison.Ordinal);
}
