using System.Text.Json.Serialization;

namespace Portal.DigitalOcean.Wire;

internal sealed record ClustersRoot
{
    [JsonRequired]
    public IReadOnlyList<WireCluster?>? Databases { get; init; }
}

internal sealed record ClusterRoot
{
    public WireCluster? Database { get; init; }
}

/// <summary>The users and connections that are embedded here come with passwords; these models have no place for them.</summary>
internal sealed record WireCluster
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? Engine { get; init; }

    public string? Version { get; init; }

    public string? Status { get; init; }

    public string? Region { get; init; }

    public string? Size { get; init; }

    public int? NumNodes { get; init; }

    public IReadOnlyList<string?>? Tags { get; init; }

    public IReadOnlyList<string?>? DbNames { get; init; }

    public IReadOnlyList<WireUser?>? Users { get; init; }

    public string? PrivateNetworkUuid { get; init; }

    public string? CreatedAt { get; init; }

    public WireConnection? Connection { get; init; }

    public WireConnection? PrivateConnection { get; init; }

    public WireConnection? StandbyConnection { get; init; }

    public WireConnection? StandbyPrivateConnection { get; init; }
}

/// <summary>A connection without its URI, which has the password in it, and without the password.</summary>
internal sealed record WireConnection
{
    public string? Host { get; init; }

    public int? Port { get; init; }

    public string? Database { get; init; }
}

internal sealed record CertificateRoot
{
    public WireCertificate? Ca { get; init; }
}

internal sealed record WireCertificate
{
    /// <summary>Base64 of the PEM text.</summary>
    public string? Certificate { get; init; }
}

internal sealed record DatabasesRoot
{
    [JsonRequired]
    public IReadOnlyList<WireDatabase?>? Dbs { get; init; }
}

internal sealed record WireDatabase
{
    public string? Name { get; init; }
}

internal sealed record FirewallRulesRoot
{
    [JsonRequired]
    public IReadOnlyList<WireFirewallRule?>? Rules { get; init; }
}

internal sealed record WireFirewallRule
{
    public string? Uuid { get; init; }

    public string? Type { get; init; }

    public string? Value { get; init; }

    public string? Description { get; init; }

    public string? CreatedAt { get; init; }
}

internal sealed record ReplicasRoot
{
    [JsonRequired]
    public IReadOnlyList<WireReplica?>? Replicas { get; init; }
}

internal sealed record WireReplica
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? Status { get; init; }

    public string? Region { get; init; }

    public string? Size { get; init; }

    public WireConnection? Connection { get; init; }

    public WireConnection? PrivateConnection { get; init; }
}
