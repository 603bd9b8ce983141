using Portal.DigitalOcean;

namespace Portal.Connections;

/// <summary>What a connection is wanted for; each is recorded apart.</summary>
internal enum ConnectionPurpose
{
    Shown,
    Copied,
    Downloaded,
}

/// <summary>One wish for one text.</summary>
/// <param name="Format">The id of a format.</param>
/// <param name="ConnectAs">The database user that was chosen, for an inbound-user pool; otherwise null.</param>
internal sealed record ConnectionRequest(
    Guid Cluster,
    string Pool,
    string Format,
    Network Network,
    bool Verify,
    string? ConnectAs,
    ConnectionPurpose Purpose);

/// <summary>The finished text, with the password in it.</summary>
internal sealed record HandedOut(Secret Text);

/// <summary>A pool as its card shows it, read at this moment. Holds no secret.</summary>
/// <param name="WhyNot">Why this person may not have the connection; null when they may.</param>
/// <param name="Choices">For an inbound-user pool: the database users that this person may connect as.</param>
internal sealed record ConnectionFacts(
    string ClusterName,
    Pool Pool,
    string? WhyNot,
    IReadOnlyList<string> Choices)
{
    public bool IsInbound => Pool.User is null;

    /// <summary>The networks that there is an endpoint for, the one to begin with first.</summary>
    public IReadOnlyList<Network> Networks =>
        [.. Enum.GetValues<Network>().Where(network => EndpointOf(Pool, network) is not null)];

    public static PoolEndpoint? EndpointOf(Pool pool, Network network) =>
        network is Network.Private ? pool.Endpoints.Private : pool.Endpoints.Public;
}
