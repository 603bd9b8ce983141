using Portal.Access;
using Portal.DigitalOcean;
using Portal.Inventory;

namespace Portal.Connections.Probing;

/// <summary>Who may have a pool looked at, and as whom the portal then goes in. Whoever may not causes no call.</summary>
/// <remarks>The rights are those to the connection itself: what a test tells is seen with the password of the pool's user.</remarks>
internal sealed class PoolTargets(Sessions sessions, InventoryQueries inventory, DigitalOceanClient api, ConnectionRights rights)
{
    /// <summary>What can be said without asking DigitalOcean: whether the person acts for the pool's team.</summary>
    public async Task<Result<Permitted, NotHandedOut>> AuthorizeAsync(SessionKey session, Guid cluster, string pool, CancellationToken cancellationToken)
    {
        if (!(await sessions.ReadAsync(session, cancellationToken)).TryGet(out var person, out var ended))
        {
            return NotHandedOut.Ended(ended);
        }

        if (await inventory.FindAsync(cluster, cancellationToken) is not { } facts)
        {
            return NotHandedOut.ClusterGone();
        }

        var managed = await inventory.FindManagedAsync(cluster, pool, cancellationToken);
        return new Permitted(person, facts, pool, managed, rights.WhyNotAtAll(person, managed));
    }

    /// <summary>Why the person may not test the pool as the portal last saw it, and as whom they may if it is an inbound-user pool.</summary>
    public (Refusal? WhyNot, IReadOnlyList<string> Choices) Judge(Permitted permitted, PoolFacts stored)
    {
        var pool = new Pool
        {
            Name = stored.Name,
            ModeText = stored.ModeText,
            Size = stored.Size,
            Database = stored.Database,
            User = stored.User,
            Endpoints = new PoolEndpoints(),
        };
        var (person, cluster, managed) = (permitted.Person, permitted.Cluster, permitted.Managed);
        return (
            rights.WhyNotAny(person, cluster.Identity, pool, managed, cluster.Users),
            rights.Choices(person, cluster.Identity, pool, managed, cluster.Users));
    }

    /// <summary>The pool as it is now and the password to it, if the person may have the pool as it is now.</summary>
    /// <param name="connectAs">For an inbound-user pool the user that was chosen; otherwise null.</param>
    public async Task<Result<Found, NotHandedOut>> FetchAsync(Permitted permitted, string? connectAs, CancellationToken cancellationToken)
    {
        var cluster = permitted.Cluster;
        if (!(await api.GetPoolConnectionAsync(cluster.Id, permitted.Pool, cancellationToken)).TryGet(out var connection, out var failure))
        {
            return failure.IsCertainlyAbsent ? NotHandedOut.PoolGone(permitted.Pool, cluster.Name) : NotHandedOut.Because(failure);
        }

        var pool = connection.Pool;
        if (pool.Name != permitted.Pool)
        {
            return NotHandedOut.PoolGone(permitted.Pool, cluster.Name);
        }

        if (rights.WhyNot(permitted.Person, cluster.Identity, pool, permitted.Managed, connectAs) is { } refusal)
        {
            return NotHandedOut.NotAllowed(refusal);
        }

        if (pool.User is { } user)
        {
            return new Found(pool, user, connection.Password);
        }

        return (await api.GetUserCredentialsAsync(cluster.Id, connectAs!, cancellationToken)).TryGet(out var credentials, out failure)
            ? new Found(pool, credentials.Name, credentials.Password)
            : NotHandedOut.Because(failure);
    }

    /// <param name="WhyNot">Null when the person acts for the pool's team; what the pool is at this moment decides the rest.</param>
    internal sealed record Permitted(Person Person, ClusterFacts Cluster, string Pool, ManagedPool? Managed, Refusal? WhyNot);

    /// <param name="Password">Null when the token may not read it.</param>
    internal sealed record Found(Pool Pool, string User, Secret? Password);
}
