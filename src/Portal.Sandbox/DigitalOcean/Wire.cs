namespace Portal.Sandbox.DigitalOcean;

// The bodies of the API as the specification has them (digitalocean/openapi 7c1300c4, specification/resources/databases).
internal sealed record WireConnection(string Uri, string Database, string Host, int Port, string? User, string? Password, bool Ssl);

internal sealed record WirePool
{
    public required string Name { get; init; }

    public required string Mode { get; init; }

    public required int Size { get; init; }

    public required string Db { get; init; }

    public required string User { get; init; }

    public required WireConnection Connection { get; init; }

    public WireConnection? PrivateConnection { get; init; }

    public WireConnection? StandbyConnection { get; init; }

    public WireConnection? StandbyPrivateConnection { get; init; }
}

internal sealed record WirePoolBody(WirePool Pool);

internal sealed record WirePoolsBody(IReadOnlyList<WirePool> Pools);

internal sealed record WireUser(string Name, string Role, string? Password);

internal sealed record WireUserBody(WireUser User);

internal sealed record WireUsersBody(IReadOnlyList<WireUser> Users);

internal sealed record WireDatabase(string Name);

internal sealed record WireDatabaseBody(WireDatabase Db);

internal sealed record WireDatabasesBody(IReadOnlyList<WireDatabase> Dbs);

internal sealed record WireRule(Guid Uuid, Guid ClusterUuid, string Type, string Value, DateTimeOffset CreatedAt, string? Description);

internal sealed record WireRulesBody(IReadOnlyList<WireRule> Rules);

internal sealed record WireReplica
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string Region { get; init; }

    public required string Size { get; init; }

    public required string Status { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string? PrivateNetworkUuid { get; init; }

    public required WireConnection Connection { get; init; }

    public WireConnection? PrivateConnection { get; init; }

    public required int StorageSizeMib { get; init; }
}

internal sealed record WireReplicasBody(IReadOnlyList<WireReplica> Replicas);

internal sealed record WireCertificate(string Certificate);

internal sealed record WireCertificateBody(WireCertificate Ca);

internal sealed record WireMaintenance(string Day, string Hour, bool Pending, IReadOnlyList<string> Description);

internal sealed record WireEndpoint(string Host, int Port);

internal sealed record WireCluster
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string Engine { get; init; }

    public required string Version { get; init; }

    public required string SemanticVersion { get; init; }

    public required int NumNodes { get; init; }

    public required string Size { get; init; }

    public required string Region { get; init; }

    public required string Status { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string? PrivateNetworkUuid { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public required IReadOnlyList<string> DbNames { get; init; }

    public required WireConnection Connection { get; init; }

    public WireConnection? PrivateConnection { get; init; }

    public WireConnection? StandbyConnection { get; init; }

    public WireConnection? StandbyPrivateConnection { get; init; }

    public required IReadOnlyList<WireUser> Users { get; init; }

    public required WireMaintenance MaintenanceWindow { get; init; }

    public required Guid ProjectId { get; init; }

    public required IReadOnlyList<WireRule> Rules { get; init; }

    public required int StorageSizeMib { get; init; }

    public required IReadOnlyList<WireEndpoint> MetricsEndpoints { get; init; }
}

internal sealed record WireClusterBody(WireCluster Database);

internal sealed record WireClustersBody(IReadOnlyList<WireCluster> Databases);

internal sealed record WireTeam(string Uuid, string Name);

internal sealed record WireAccount(
    int DropletLimit,
    int FloatingIpLimit,
    string Email,
    string Name,
    string Uuid,
    bool EmailVerified,
    string Status,
    string StatusMessage,
    WireTeam Team);

internal sealed record WireAccountBody(WireAccount Account);

internal sealed record WireLayout(int NumNodes, IReadOnlyList<string> Sizes);

internal sealed record WireEngine(IReadOnlyList<string> Regions, IReadOnlyList<string> Versions, IReadOnlyList<WireLayout> Layouts, string DefaultVersion);

internal sealed record WireEngines(WireEngine Pg, WireEngine Mysql);

internal sealed record WireAvailability(string Version, string? EndOfLife, string? EndOfAvailability, bool Default);

internal sealed record WireAvailabilities(IReadOnlyList<WireAvailability> Pg, IReadOnlyList<WireAvailability> Mysql);

internal sealed record WireOptionsBody(WireEngines Options, WireAvailabilities VersionAvailability);

internal sealed record WireMetricsCredentials(string BasicAuthUsername, string BasicAuthPassword);

internal sealed record WireMetricsCredentialsBody(WireMetricsCredentials Credentials);
