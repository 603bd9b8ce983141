using Portal.DigitalOcean;

namespace Portal.Connections;

/// <summary>Which way to a pool.</summary>
internal enum Network
{
    Public,

    /// <summary>From inside the cluster's VPC only.</summary>
    Private,
}

/// <summary>Everything that a format writes.</summary>
/// <param name="Endpoint">Host and port as the API gave them; never put together from other parts.</param>
/// <param name="Pool">The pool's name, which a client asks for as its database.</param>
/// <param name="Database">The database behind the pool.</param>
/// <param name="User">The database user to connect as.</param>
/// <param name="Mode">Null for a mode this version does not know: the settings are then those that are safe in every mode.</param>
/// <param name="Size">Server connections of the pool.</param>
/// <param name="Verify">Whether the client checks the server's certificate, for which it needs the CA file.</param>
internal sealed record ConnectionDetails(
    PoolEndpoint Endpoint,
    string Pool,
    string Database,
    string User,
    PasswordText Password,
    PoolMode? Mode,
    int Size,
    bool Verify)
{
    /// <summary>The name under which the CA file is offered, and under which every format looks for it.</summary>
    public const string CaFile = "ca-certificate.crt";

    /// <summary>What the last test of the pool found of prepared statements.</summary>
    public PreparedStatements Prepared { get; init; }

    /// <summary>Whether a server connection stays with a client until it disconnects; in the other modes the next transaction may be on another.</summary>
    public bool KeepsSession => Mode is PoolMode.Session;
}
