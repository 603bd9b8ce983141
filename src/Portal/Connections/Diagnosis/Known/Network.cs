using System.Text.RegularExpressions;

namespace Portal.Connections.Diagnosis.Known;

/// <summary>Nobody answered.</summary>
internal sealed partial class TimedOut : KnownMessage
{
    public override int Order => 70;

    public override string Sample => "connection to server at \"203.0.113.7\", port 25061 failed: Connection timed out";

    protected override Regex Words => Pattern();

    protected override Finding Explain(Match match, Pasted pasted) => new(
        Certainty.Likely,
        "Nobody answered: mostly the cluster's trusted sources",
        "A cluster that is not open to everybody drops what comes from elsewhere without a word, so the driver waits until its time is up. A private host name (private-…) cannot be reached from outside its VPC network.",
        "Where does the app run? Compare with the trusted sources on the pool's page. From there: nc -vz HOST 25061. If that answers at once, a slow query or a full pool is behind it.")
    {
        Changes = [new(Drivers.All, "Let whoever runs the cluster add the app's address, or use the private network from inside the VPC.")],
    };

    [GeneratedRegex("""timeout expired|timed out|ETIMEDOUT|Timeout during (?:reading|connection)|i/o timeout|deadline exceeded|Connect(?:ion)?Timeout(?:Error|Exception)|connection timeout|The operation has timed out|P1002\b""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern();
}

/// <summary>The host answered, and nothing listens on that port.</summary>
internal sealed partial class ConnectionRefused : KnownMessage
{
    public override int Order => 71;

    public override string Sample => "connect ECONNREFUSED 127.0.0.1:5432";

    protected override Regex Words => Pattern();

    protected override Finding Explain(Match match, Pasted pasted) => new(
        Certainty.Certain,
        "Nothing listens on that port",
        "The host was reached and said so at once: the port is not one of the cluster's, or the host is not the cluster. localhost and 127.0.0.1 mean the app's own machine or container; 5432 is PostgreSQL's own default.",
        "Look at host and port in the message, not only in the string: an unset variable makes localhost:5432 of everything.")
    {
        Changes = [new(Drivers.All, "Host as on the pool's page, port 25061 for a pool.")],
    };

    [GeneratedRegex("""connection refused|ECONNREFUSED|actively refused|P1001\b""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern();
}

/// <summary>There is no such name.</summary>
internal sealed partial class HostNotFound : KnownMessage
{
    public override int Order => 69;

    public override string Sample => "could not translate host name \"orders-prod.db\" to address: Name or service not known";

    protected override Regex Words => Pattern();

    protected override Finding Explain(Match match, Pasted pasted) => new(
        Certainty.Certain,
        "The host name is not known where the app runs",
        "It is mistyped, cut off, or the cluster was deleted. A password in an address that is not escaped does it, too: the driver then takes a part of it for the host.",
        "Read the host in the message letter by letter. Does it look like a piece of the password? Then treat the message as secret.")
    {
        Changes =
        [
            new(Drivers.All, "Copy the string again from the pool's page."),
            new(Drivers.All, "In a container or a private network, look whether any name can be found there (getent hosts HOST)."),
        ],
    };

    [GeneratedRegex("""could not translate host name|Name or service not known|nodename nor servname|getaddrinfo|ENOTFOUND|EAI_AGAIN|UnknownHostException|no such host|No address associated with hostname|failure in name resolution|failed to lookup address""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern();
}

/// <summary>The connection broke while it was open.</summary>
internal sealed partial class ConnectionBroke : KnownMessage
{
    public override int Order => 72;

    public override string Sample => "server closed the connection unexpectedly";

    protected override Regex Words => Pattern();

    protected override Finding Explain(Match match, Pasted pasted) => new(
        Certainty.Likely,
        "The connection was ended from the other side",
        "The cluster was maintained, resized or changed over to its standby, the pool was changed or deleted, or a firewall on the way forgot a connection that was idle for long.",
        "Did it happen once or again and again? Look at the changes of this pool, and at the cluster's state.")
    {
        Changes =
        [
            new(Drivers.Npgsql, "Ask now and then whether the other side is there.", "Keepalive=30"),
            new(Drivers.Libpq, "The same.", "keepalives_idle=30"),
            new(Drivers.Jdbc, "Give up connections before others do.", "spring.datasource.hikari.max-lifetime=600000"),
            new(Drivers.Asyncpg, "In SQLAlchemy.", "create_async_engine(url, pool_pre_ping=True)"),
            new(Drivers.All, "Try what was interrupted again, once; only if it may be done twice."),
        ],
    };

    [GeneratedRegex("""server closed the connection unexpectedly|connection terminated unexpectedly|terminating connection due to|server_login_retry|server conn crashed|the database system is (?:shutting down|starting up)|ECONNRESET|connection reset by peer|pgbouncer cannot connect to server|\b57P0[123]\b""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern();
}

/// <summary>The driver gave up waiting for an answer on a connection that it had.</summary>
internal sealed partial class QueryTimedOut : KnownMessage
{
    public override int Order => 68;

    public override string Sample => "ERROR: canceling statement due to statement timeout";

    protected override Regex Words => Pattern();

    protected override Finding Explain(Match match, Pasted pasted) => new(
        Certainty.Likely,
        "The connection was there, and the query was not answered in time",
        "The query is slow, waits for a lock, or waits in PgBouncer for a free server connection: PgBouncer lets a client in at once and keeps it waiting up to 120 seconds, longer than most drivers wait.",
        "Test the pool on its page and look at \"In use now\". Clients that wait there mean the pool; none mean the query. Over a direct connection, pg_stat_activity says what it waits for.")
    {
        Changes =
        [
            new(Drivers.All, "For the pool: shorter transactions, connections given back sooner, then a larger pool. For the query: its plan, its locks."),
            new(Drivers.Npgsql, "Longer, only where the query may take that long. In seconds.", "Command Timeout=…"),
        ],
    };

    [GeneratedRegex("""Timeout during reading attempt[\s\S]*NpgsqlCommand|canceling statement due to (?:statement|lock) timeout|\b57014\b|java\.net\.SocketTimeoutException: Read timed out|Query read timeout""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern();
}
