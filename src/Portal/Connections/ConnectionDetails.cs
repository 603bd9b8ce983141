using Portal.DigitalOcean;

namespace Portal.Connections;

/// <summary>Everything that a format writes.</summary>
/// <param name="Endpoint">Host and port as the API gave them; never put together from other parts.</param>
/// <param name="Pool">The pool's name, which a client of the pool asks for as its database.</param>
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

    public ConnectionUse Use { get; init; }

    /// <summary>What the last test of the pool found of prepared statements.</summary>
    public PreparedStatements Prepared { get; init; }

    /// <summary>The cluster's CA certificate in PEM, for formats that carry it; null when it could not be read.</summary>
    public string? Certificate { get; init; }

    public bool IsDirect => Use is ConnectionUse.Direct;

    /// <summary>What a client names as its database.</summary>
    public string Target => IsDirect ? Database : Pool;

    /// <summary>Two variables, so that the lines for the pool and for the direct connection can stand in one file.</summary>
    public string Variable => IsDirect ? "DATABASE_URL_DIRECT" : "DATABASE_URL";

    /// <summary>Whether a server connection stays with a client until it disconnects; in the other modes the next transaction may be on another.</summary>
    public bool KeepsSession => IsDirect || Mode is PoolMode.Session;

    /// <summary>Whether every statement has to stand alone, so that a driver must not begin a transaction by itself.</summary>
    public bool RefusesTransactions => !IsDirect && Mode is PoolMode.Statement;

    /// <summary>Whether a driver may prepare statements on the server. Unknown means no.</summary>
    public bool MayPrepare => KeepsSession || (Mode is not null && Prepared is PreparedStatements.Tracked);

    /// <summary>Connections that one process of an application should open at most.</summary>
    public int ClientConnections => IsDirect ? 2 : KeepsSession ? Size : 10;
}
