using System.Text.Json.Serialization;

namespace Portal.DigitalOcean.Wire;

internal sealed record PoolsRoot
{
    [JsonRequired]
    public IReadOnlyList<WirePool?>? Pools { get; init; }
}

internal sealed record PoolRoot
{
    public WirePool? Pool { get; init; }
}

internal sealed record WirePool
{
    public string? Name { get; init; }

    public string? Mode { get; init; }

    public int? Size { get; init; }

    public string? Db { get; init; }

    public string? User { get; init; }

    public WireConnection? Connection { get; init; }

    public WireConnection? PrivateConnection { get; init; }

    public WireConnection? StandbyConnection { get; init; }

    public WireConnection? StandbyPrivateConnection { get; init; }
}

/// <summary>The body of POST. <see cref="User"/> is left out for an inbound-user pool; null is not valid there.</summary>
internal sealed record NewPoolBody
{
    public required string Name { get; init; }

    public required string Mode { get; init; }

    public required int Size { get; init; }

    public required string Db { get; init; }

    public string? User { get; init; }
}

/// <summary>The body of PUT: always all of it, because it replaces the pool.</summary>
internal sealed record PoolFieldsBody
{
    public required string Mode { get; init; }

    public required int Size { get; init; }

    public required string Db { get; init; }

    public string? User { get; init; }
}

internal sealed record PoolConnectionRoot
{
    public WirePoolWithPassword? Pool { get; init; }
}

/// <summary>Behind a connection only.</summary>
internal sealed record WirePoolWithPassword
{
    public string? Name { get; init; }

    public string? Mode { get; init; }

    public int? Size { get; init; }

    public string? Db { get; init; }

    public string? User { get; init; }

    public WireConnectionWithPassword? Connection { get; init; }

    public WireConnectionWithPassword? PrivateConnection { get; init; }

    public WireConnectionWithPassword? StandbyConnection { get; init; }

    public WireConnectionWithPassword? StandbyPrivateConnection { get; init; }
}

/// <summary>Behind a connection only.</summary>
internal sealed record WireConnectionWithPassword
{
    public string? Host { get; init; }

    public int? Port { get; init; }

    public Secret? Password { get; init; }
}
