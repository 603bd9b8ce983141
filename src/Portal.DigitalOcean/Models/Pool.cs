using System.Diagnostics;

namespace Portal.DigitalOcean;

/// <summary>How long a client holds a server connection of a pool.</summary>
/// <seealso href="https://www.pgbouncer.org/features.html"/>
public enum PoolMode
{
    /// <summary>For one transaction.</summary>
    Transaction,

    /// <summary>Until the client disconnects.</summary>
    Session,

    /// <summary>For one statement; transactions of several fail.</summary>
    Statement,
}

/// <summary>The modes as the API writes them.</summary>
public static class PoolModes
{
    /// <summary>The mode of that name, or null for a word this version does not know.</summary>
    public static PoolMode? Parse(string? text) => text switch
    {
        "transaction" => PoolMode.Transaction,
        "session" => PoolMode.Session,
        "statement" => PoolMode.Statement,
        _ => null,
    };

    /// <summary><c>transaction</c>, <c>session</c> or <c>statement</c>.</summary>
    public static string ToApiText(this PoolMode mode) => mode switch
    {
        PoolMode.Transaction => "transaction",
        PoolMode.Session => "session",
        PoolMode.Statement => "statement",
        _ => throw new UnreachableException(),
    };
}

/// <summary>What of a pool can be chosen, apart from its name and its cluster; the unit that is compared and sent back whole.</summary>
/// <param name="Mode">How long a client holds a server connection.</param>
/// <param name="Size">Server connections, from 1 up to what the cluster's budget leaves.</param>
/// <param name="Database">A database of the cluster.</param>
/// <param name="User">A database user of the cluster, or null: each session is then the user who came in.</param>
public sealed record PoolFields(PoolMode Mode, int Size, string Database, string? User);

/// <summary>A pool that is not there yet.</summary>
/// <param name="Name">See <see cref="PoolName"/>.</param>
/// <param name="Fields">Everything else.</param>
public sealed record NewPool(string Name, PoolFields Fields);

/// <summary>A PgBouncer pool of a cluster.</summary>
/// <seealso href="https://docs.digitalocean.com/reference/api/reference/databases/#databases_get_connectionPool"/>
public sealed record Pool
{
    /// <summary>Unique in its cluster; also the name of the database that a client of the pool asks for.</summary>
    public required string Name { get; init; }

    /// <summary>The mode as given.</summary>
    public required string ModeText { get; init; }

    /// <summary>The mode, or null when <see cref="ModeText"/> is a word this version does not know.</summary>
    public PoolMode? Mode => PoolModes.Parse(ModeText);

    /// <summary>Server connections.</summary>
    public required int Size { get; init; }

    /// <summary>The database behind the pool.</summary>
    public required string Database { get; init; }

    /// <summary>The database user, or null for an inbound-user pool (the API writes that as <c>""</c> or leaves it out).</summary>
    public string? User { get; init; }

    public required PoolEndpoints Endpoints { get; init; }

    /// <summary>What can be chosen of it; null when the mode is not known, for then it cannot be sent back unchanged.</summary>
    public PoolFields? Fields => Mode is { } mode ? new PoolFields(mode, Size, Database, User) : null;
}

/// <summary>Where a pool listens, usually on port 25061.</summary>
public sealed record PoolEndpoint(string Host, int Port);

/// <summary>The ways to a pool; what the API left out is null.</summary>
public sealed record PoolEndpoints
{
    public PoolEndpoint? Public { get; init; }

    /// <summary>Reached from inside the VPC only.</summary>
    public PoolEndpoint? Private { get; init; }

    /// <summary>To a standby, which can only be read. Needs two nodes or more.</summary>
    public PoolEndpoint? Standby { get; init; }

    public PoolEndpoint? StandbyPrivate { get; init; }
}

/// <summary>A pool with what is needed to connect. Never kept, never sent to a page.</summary>
/// <param name="Pool">The pool and its endpoints.</param>
/// <param name="Password">
/// Of <see cref="Pool.User"/>. Null for an inbound-user pool and for a token without <c>database:view_credentials</c>: both are ordinary.
/// </param>
public sealed record PoolConnection(Pool Pool, Secret? Password);

/// <summary>A database user with its password. Never kept, never sent to a page.</summary>
/// <param name="Name">The user.</param>
/// <param name="Password">Null for a token without <c>database:view_credentials</c>.</param>
public sealed record UserCredentials(string Name, Secret? Password);

/// <summary>A pool was made.</summary>
/// <param name="Pool">As the API answered it.</param>
/// <param name="RequestId">The header <c>x-request-id</c>.</param>
public sealed record Created(Pool Pool, string? RequestId);

/// <summary>A change was made; the API shows nothing of the result, so read it back.</summary>
/// <param name="RequestId">The header <c>x-request-id</c>.</param>
public sealed record Accepted(string? RequestId);
