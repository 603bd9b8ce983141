namespace Portal.DigitalOcean;

/// <summary>A managed database cluster, of any engine.</summary>
/// <remarks>Tags, network and project need scopes of their own and are empty or null without them.</remarks>
/// <seealso href="https://docs.digitalocean.com/reference/api/reference/databases/#databases_get_cluster"/>
public sealed record Cluster
{
    /// <summary>The value of <see cref="Engine"/> for PostgreSQL.</summary>
    public const string PostgreSqlEngine = "pg";

    public required Guid Id { get; init; }

    public required string Name { get; init; }

    /// <summary><c>pg</c>, <c>mysql</c>, … as given.</summary>
    public required string Engine { get; init; }

    /// <summary>The engine's version, for example <c>17</c>.</summary>
    public string? Version { get; init; }

    /// <summary><c>creating</c>, <c>online</c>, <c>resizing</c>, <c>migrating</c>, <c>forking</c>, as given; empty when left out.</summary>
    public required string Status { get; init; }

    public required string Region { get; init; }

    /// <summary>For example <c>db-s-2vcpu-4gb</c>: the size of one node. See <see cref="Plan"/>.</summary>
    public required string SizeSlug { get; init; }

    /// <summary>The primary and its standbys: 1 to 3.</summary>
    public required int NodeCount { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public required IReadOnlyList<string> DatabaseNames { get; init; }

    public required IReadOnlyList<DatabaseUser> Users { get; init; }

    /// <summary>The VPC; null without one, or without the scope <c>vpc:read</c>.</summary>
    public Guid? PrivateNetworkId { get; init; }

    /// <summary>Where PostgreSQL itself listens, without a pool in between.</summary>
    public required DirectEndpoints Direct { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Whether it takes changes. Only the status <c>online</c> does.</summary>
    public bool IsOnline => Status == "online";

    public bool IsPostgreSql => Engine == PostgreSqlEngine;

    public bool HasPrivateConnection => Direct.Private is not null;

    public bool HasStandby => Direct.Standby is not null || Direct.StandbyPrivate is not null;

    /// <summary>Memory, processors and connection budget that the size slug tells.</summary>
    public ClusterPlan Plan => ClusterPlan.Parse(SizeSlug);
}

/// <summary>Where a cluster's PostgreSQL listens (usually on port 25060), and its default database.</summary>
public sealed record DirectEndpoint(string Host, int Port, string? Database);

/// <summary>The direct connections of a cluster; what the API left out is null.</summary>
public sealed record DirectEndpoints
{
    public DirectEndpoint? Public { get; init; }

    /// <summary>Reached from inside the VPC only.</summary>
    public DirectEndpoint? Private { get; init; }

    public DirectEndpoint? Standby { get; init; }

    public DirectEndpoint? StandbyPrivate { get; init; }
}

/// <summary>A database user.</summary>
/// <param name="Name">For example <c>doadmin</c>.</param>
/// <param name="Role"><c>primary</c> or <c>normal</c>, as given.</param>
public sealed record DatabaseUser(string Name, string? Role);

/// <summary>A trusted source: who may connect to a cluster. None at all means everybody.</summary>
/// <seealso href="https://docs.digitalocean.com/reference/api/reference/databases/#databases_list_firewall_rules"/>
public sealed record FirewallRule
{
    public Guid? Id { get; init; }

    /// <summary><c>droplet</c>, <c>k8s</c>, <c>ip_addr</c>, <c>tag</c> or <c>app</c>, as given.</summary>
    public required string Type { get; init; }

    /// <summary>An id, a tag's name, or an IPv4 address, as <see cref="Type"/> says.</summary>
    public required string Value { get; init; }

    public string? Description { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }
}

/// <summary>A read-only replica. Its <see cref="Id"/> stands in the place of a cluster's in the calls for pools.</summary>
/// <seealso href="https://docs.digitalocean.com/reference/api/reference/databases/#databases_list_replicas"/>
public sealed record Replica
{
    public Guid? Id { get; init; }

    public required string Name { get; init; }

    public string? Status { get; init; }

    public string? Region { get; init; }

    public string? SizeSlug { get; init; }

    public required DirectEndpoints Direct { get; init; }
}

/// <summary>The authority that signed a cluster's server certificate.</summary>
/// <param name="Pem">The certificate in PEM, for <c>sslrootcert</c> or <c>Root Certificate</c>.</param>
public sealed record CertificateAuthority(string Pem);
