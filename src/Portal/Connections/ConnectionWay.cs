using Portal.DigitalOcean;

namespace Portal.Connections;

/// <summary>Which network a client comes from.</summary>
internal enum Network
{
    Public,

    /// <summary>From inside the cluster's VPC only.</summary>
    Private,
}

/// <summary>Through the pool, or around it.</summary>
internal enum ConnectionUse
{
    Pool,

    /// <summary>To PostgreSQL itself, for what a pool cannot do: migrations, pg_dump, LISTEN.</summary>
    Direct,
}

internal enum ConnectionServer
{
    Primary,

    /// <summary>Can only be read.</summary>
    Standby,
}

/// <summary>One way to the data of a pool. Whoever may have one of them may have all: the database user is the same.</summary>
internal sealed record ConnectionWay(ConnectionUse Use, ConnectionServer Server, Network Network)
{
    /// <summary>Host and port as the API gave them, or null where there is no such way.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="direct">The endpoints of its cluster; null when they could not be read.</param>
    public PoolEndpoint? Find(Pool pool, DirectEndpoints? direct) => Use is ConnectionUse.Direct
        ? Of(direct) is { } endpoint ? new PoolEndpoint(endpoint.Host, endpoint.Port) : null
        : Of(pool.Endpoints);

    private DirectEndpoint? Of(DirectEndpoints? endpoints) => (Server, Network) switch
    {
        (ConnectionServer.Standby, Network.Private) => endpoints?.StandbyPrivate,
        (ConnectionServer.Standby, _) => endpoints?.Standby,
        (_, Network.Private) => endpoints?.Private,
        _ => endpoints?.Public,
    };

    private PoolEndpoint? Of(PoolEndpoints endpoints) => (Server, Network) switch
    {
        (ConnectionServer.Standby, Network.Private) => endpoints.StandbyPrivate,
        (ConnectionServer.Standby, _) => endpoints.Standby,
        (_, Network.Private) => endpoints.Private,
        _ => endpoints.Public,
    };
}
