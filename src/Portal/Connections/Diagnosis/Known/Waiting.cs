using System.Text.RegularExpressions;

namespace Portal.Connections.Diagnosis.Known;

/// <summary>A client waited for a server connection until PgBouncer gave up.</summary>
internal sealed partial class QueryWaitTimeout : KnownMessage
{
    public override int Order => 40;

    public override string Sample => "FATAL: query_wait_timeout";

    protected override Regex Words => Pattern();

    protected override Finding Explain(Match match, Pasted pasted)
    {
        var isSession = pasted.Pool?.KeepsSession is true;
        return new Finding(
            Certainty.Certain,
            "The client waited too long for a free server connection of the pool",
            isSession
                ? $"{pasted.Pool!.Name} is in session mode: each open connection of an app keeps one of its {pasted.Pool.Size} server connections until it is closed. One more waits, by default 120 seconds, and is then sent away."
                : "All server connections of the pool were busy for as long as a client may wait, by default 120 seconds. In session mode they are busy while an app merely has its connections open; in transaction mode, while transactions run.",
            "Test the pool on its page and look at \"In use now\". Many idle in a transaction: the app forgets to commit, and no size helps. All at work while the processors are idle: the pool is too small.")
        {
            Changes =
            [
                new(Drivers.Npgsql, "In session mode: the pool's size, divided by the instances of the app. Npgsql would open 100.", "Maximum Pool Size=…"),
                new(Drivers.Jdbc, "In session mode, the same.", "spring.datasource.hikari.maximum-pool-size=…"),
                new(Drivers.All, "Use transaction mode if the app needs nothing of a session, or make the pool larger."),
            ],
        };
    }

    [GeneratedRegex("query_wait_timeout", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern();
}

/// <summary>The app's own pool ran dry; nothing was asked of the server.</summary>
internal sealed partial class AppPoolExhausted : KnownMessage
{
    public override int Order => 41;

    public override string Sample => "The connection pool has been exhausted, either raise 'Max Pool Size' or 'Timeout'";

    protected override Regex Words => Pattern();

    protected override Finding Explain(Match match, Pasted pasted) => new(
        Certainty.Certain,
        "The app's own connection pool ran dry",
        "The message comes from the driver in the app, not from the pool at the cluster: every connection that it may open is lent out.",
        "Look for connections that are not given back (a missing using, close or release), for long transactions, and whether clients wait at the pool at the same time.")
    {
        Changes =
        [
            new(Drivers.Npgsql, "Give connections back with await using. In transaction mode more of them are cheap.", "Maximum Pool Size=…"),
            new(Drivers.Jdbc, "Finds what is not given back.", "spring.datasource.hikari.leak-detection-threshold=10000"),
            new(Drivers.Asyncpg, "In SQLAlchemy.", "create_async_engine(url, pool_size=…, max_overflow=…)"),
            new(Drivers.Prisma, "In the address.", "&connection_limit=…&pool_timeout=…"),
            new(Drivers.Rails, "At least as many as threads.", "pool: …"),
        ],
    };

    [GeneratedRegex("""connection pool has been exhausted|QueuePool limit of size|HikariPool-\S+ - Connection is not available|Timed out fetching a new connection from the connection pool|could not obtain a connection from the pool|pool timed out while waiting for an open connection""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern();
}

/// <summary>PostgreSQL, or PgBouncer, takes no more connections.</summary>
internal sealed partial class TooManyConnections : KnownMessage
{
    public override int Order => 42;

    public override string Sample => "FATAL: remaining connection slots are reserved for non-replication superuser connections";

    protected override Regex Words => Pattern();

    protected override Finding Explain(Match match, Pasted pasted) => match.Value.Contains("max_client_conn", StringComparison.OrdinalIgnoreCase)
        ? new Finding(
            Certainty.Certain,
            "PgBouncer takes no more clients",
            "Not the server connections are used up, but the clients that PgBouncer holds, of all pools together.",
            "Count the instances of all apps times the size of their own pools.")
        {
            Changes = [new(Drivers.All, "Make the apps' own pools smaller, 10 an instance is plenty, and close those that nobody uses.")],
        }
        : new Finding(
            Certainty.Certain,
            "The cluster's connections are used up",
            "All pools and all direct connections of a cluster share one budget: 25 for each GiB of memory, less 3. Mostly these are direct connections (port 25060), of apps that do not use their pool.",
            "Look at the cluster's page: how much of the budget the pools have. Over a direct connection: SELECT usename, application_name, count(*) FROM pg_stat_activity GROUP BY 1, 2 ORDER BY 3 DESC.")
        {
            Changes =
            [
                new(Drivers.All, "Let the apps connect through a pool (port 25061), where more clients wait and are not refused."),
                new(Drivers.Npgsql, "Where it must be a direct connection, open fewer. Npgsql would open 100.", "Maximum Pool Size=…"),
            ],
        };

    [GeneratedRegex("""too many (?:clients already|connections for (?:role|database))|remaining connection slots are reserved|no more connections allowed[^\r\n]*|\b53300\b""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern();
}

/// <summary>Statement mode refuses what transactions are made of.</summary>
internal sealed partial class TransactionBlocksRefused : KnownMessage
{
    public override int Order => 43;

    public override string Sample => "FATAL: transaction blocks not allowed in statement pooling mode";

    protected override Regex Words => Pattern();

    protected override Finding Explain(Match match, Pasted pasted) => new(
        Certainty.Certain,
        "The pool is in statement mode, which refuses transactions",
        "In statement mode every statement stands alone and may run on another server connection. BEGIN, and every driver or framework that opens a transaction by itself, is refused.",
        pasted.Pool is { } pool ? $"{pool.Name} of {pool.ClusterName} is in {pool.Mode?.ToString().ToLowerInvariant() ?? "an unknown"} mode now." : "Look at \"Mode\" on the pool's page.")
    {
        Changes =
        [
            new(Drivers.All, "Use a pool in transaction mode: right for most apps. Changing the mode of this one is a breaking change for everybody who uses it."),
            new(Drivers.Django, "Only where no transaction is needed.", "\"ATOMIC_REQUESTS\": False"),
            new(Drivers.Psycopg, "Only where no transaction is needed.", "psycopg.connect(url, autocommit=True)"),
        ],
    };

    [GeneratedRegex("""transaction blocks not allowed|long transactions not allowed""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern();
}
