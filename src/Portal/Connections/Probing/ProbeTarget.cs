using Portal.DigitalOcean;

namespace Portal.Connections.Probing;

/// <summary>A pool with what is needed to go in. Lives for one test, is never kept.</summary>
/// <param name="User">The pool's own user, or the one that was chosen for an inbound-user pool.</param>
internal sealed record ProbeTarget(Pool Pool, string User, Secret Password, CertificateAuthority Authority)
{
    /// <summary>Other pools of the cluster that lead to the same database as the same user: their server connections look the same.</summary>
    public IReadOnlyList<string> Twins { get; init; } = [];

    public bool IsInbound => Pool.User is null;
}

/// <summary>The way that a test takes to a pool.</summary>
internal sealed record ProbeWay(PoolEndpoint Endpoint, Network Network)
{
    public string NetworkWord => Network is Network.Private ? "the private network (VPC)" : "the public network";
}
