using Portal.DigitalOcean;

namespace Portal.Connections;

/// <summary>A pool as its card shows it, read at this moment. Holds no secret.</summary>
/// <param name="WhyNot">Why this person may not have the connection; null when they may.</param>
/// <param name="Choices">For an inbound-user pool: the database users that this person may connect as.</param>
internal sealed record ConnectionFacts(
    string ClusterName,
    Pool Pool,
    string? WhyNot,
    IReadOnlyList<string> Choices)
{
    /// <summary>What was read of the cluster around the pool; empty for who may not have the connection.</summary>
    public ClusterSurroundings Surroundings { get; init; } = ClusterSurroundings.None;

    public PreparedStatements Prepared { get; init; }

    /// <summary>What this person chose the last time, at any pool.</summary>
    public ConnectionChoice Remembered { get; init; } = ConnectionChoice.None;

    /// <summary>Why nobody of the pool's team may connect over the public network; null when they may.</summary>
    public string? WhyNotPublic { get; init; }

    public bool IsInbound => Pool.User is null;

    /// <summary>Whether DigitalOcean has named an address of the pool yet.</summary>
    public bool IsReachable => Networks(ConnectionUse.Pool, ConnectionServer.Primary).Count > 0;

    /// <summary>The networks that there is an endpoint for and that may be used, the one to begin with first.</summary>
    public IReadOnlyList<Network> Networks(ConnectionUse use, ConnectionServer server) =>
        [.. Enum.GetValues<Network>().Where(network =>
            (network is Network.Private || WhyNotPublic is null) && Find(new ConnectionWay(use, server, network)) is not null)];

    public PoolEndpoint? Find(ConnectionWay way) => way.Find(Pool, Surroundings.Direct);
}
