namespace Portal.Sandbox.DigitalOcean;

/// <summary>Where a cluster is: PostgreSQL itself on one port, PgBouncer on another, and host names for each network.</summary>
/// <param name="PrivateHost">
/// Of the private network, null where there is none. It ends in <c>.invalid</c>, which no resolver knows (RFC 2606):
/// from outside a private network its names lead nowhere, and that is what a portal has to cope with.
/// </param>
internal sealed record ClusterAddress(string Host, string? PrivateHost, int DirectPort, int PoolPort)
{
    /// <summary>An address as DigitalOcean would give it, at which nothing listens.</summary>
    public static ClusterAddress Elsewhere(ClusterFacts facts) =>
        new($"{facts.Name}-do-user-1-0.d.db.sandbox.invalid", PrivateHostOf(facts), 25060, 25061);

    public static ClusterAddress Here(ClusterFacts facts, string host, int directPort, int poolPort) =>
        new(host, PrivateHostOf(facts), directPort, poolPort);

    private static string? PrivateHostOf(ClusterFacts facts) =>
        facts.HasPrivateNetwork ? $"private-{facts.Name}-do-user-1-0.d.db.sandbox.invalid" : null;
}
