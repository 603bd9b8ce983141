namespace Portal.Connections.Diagnosis.Known;

/// <summary>Findings that both a string and a message lead to.</summary>
internal static class Advice
{
    public static Finding PoolOnDirectPort(KnownPool pool) => new(
        Certainty.Certain,
        $"{pool.Name} is a pool, and 25060 is not the pool's port",
        $"Port 25060 leads to PostgreSQL itself, which has no database {pool.Name}: that is a pool of {pool.ClusterName} in front of the database {pool.Database}.",
        "Look at the port of the string: a pool listens on 25061.")
    {
        Changes = [new(Drivers.All, "Change the port to 25061, and nothing else. The pool's page has the whole string to copy.")],
    };

    public static Finding DatabaseOnPoolPort(string database, Pasted pasted)
    {
        var pools = pasted.Known.PoolsOf(database);
        var offer = pools.Count switch
        {
            0 => $"No pool leads to {database} yet: make one, or use port 25060 for a direct connection.",
            1 => $"Put {pools[0].Name} where {database} stands: that pool of {pools[0].ClusterName} leads to it.",
            _ => $"Put the name of the pool where {database} stands: {string.Join(", ", pools.Select(pool => $"{pool.Name} ({pool.ClusterName})"))}.",
        };
        return new Finding(
            Certainty.Certain,
            $"{database} is a database, not a pool",
            "The pool's port was reached. There, the name of the pool stands where the database usually does; PgBouncer knows no databases.",
            "Compare the name in the string with the list of pools.")
        {
            Changes = [new(Drivers.All, offer)],
        };
    }

    public static Finding GoesAroundThePool(Pasted pasted) => new(
        Certainty.Possible,
        "This is a direct connection: it goes around the pool",
        "Port 25060 is PostgreSQL's own. That is right for migrations, pg_dump and LISTEN. An app that opens many connections uses up the cluster's budget there, which all share.",
        "Ask yourself which of the two this string is for.")
    {
        Changes = pasted.Known.PoolsOf(pasted.Connection?.Database) is [var pool, ..]
            ? [new(Drivers.All, $"For the app, use the pool {pool.Name} of {pool.ClusterName}: its name as the database, and port 25061.")]
            : [],
    };

    /// <summary>How each driver does without named prepared statements.</summary>
    public static IReadOnlyList<DriverChange> WithoutPreparedStatements { get; } =
    [
        new(Drivers.Npgsql, "Prepare nothing: the default. Take out Prepare() and this setting.", "Max Auto Prepare=0;No Reset On Close=true"),
        new(Drivers.Jdbc, "Never prepare on the server.", "?prepareThreshold=0"),
        new(Drivers.Pgx, "Use the mode that needs no name.", "?default_query_exec_mode=exec"),
        new(Drivers.Psycopg, "psycopg 3 prepares what runs often; psycopg2 needs nothing.", "psycopg.connect(url, prepare_threshold=None)"),
        new(Drivers.Asyncpg, "Both caches off.", "connect_args={\"statement_cache_size\": 0, \"prepared_statement_cache_size\": 0}"),
        new(Drivers.NodePg, "Leave out name: in queries; without it nothing is kept on the server."),
        new(Drivers.PostgresJs, "Prepare nothing.", "postgres(url, { prepare: false })"),
        new(Drivers.Prisma, "Tell it that a pooler is between. Only where the pool's test says that tracking is off.", "&pgbouncer=true"),
        new(Drivers.Rails, "In config/database.yml.", "prepared_statements: false"),
        new(Drivers.Pdo, "Let PHP put the values in.", "[PDO::ATTR_EMULATE_PREPARES => true]"),
        new(Drivers.Sqlx, "On each query. statement-cache-capacity=0 is not enough.", ".persistent(false)"),
    ];

    /// <summary>Where each driver takes the cluster's CA file.</summary>
    public static IReadOnlyList<DriverChange> WithCaFile { get; } =
    [
        new(Drivers.Libpq, "Name the file.", "sslmode=verify-full sslrootcert=ca-certificate.crt"),
        new(Drivers.Npgsql, "Name the file.", "SSL Mode=VerifyFull;Root Certificate=ca-certificate.crt"),
        new(Drivers.Jdbc, "Name the file. With sslfactory=DefaultJavaSSLFactory the file does not count: import it into a trust store.", "?sslmode=verify-full&sslrootcert=ca-certificate.crt"),
        new(Drivers.Pgx, "Name the file.", "?sslmode=verify-full&sslrootcert=ca-certificate.crt"),
        new(Drivers.Psycopg, "Name the file.", "?sslmode=verify-full&sslrootcert=ca-certificate.crt"),
        new(Drivers.Asyncpg, "A context made from the file; sslmode is not known here.", "ssl=ssl.create_default_context(cafile=\"ca-certificate.crt\")"),
        new(Drivers.Django, "In OPTIONS.", "\"OPTIONS\": {\"sslmode\": \"verify-full\", \"sslrootcert\": \"ca-certificate.crt\"}"),
        new(Drivers.NodePg, "pg 8 takes sslmode=require for verify-full. Take sslmode out of the string, or the object does not count.", "ssl: { ca: fs.readFileSync(\"ca-certificate.crt\", \"utf8\") }"),
        new(Drivers.PostgresJs, "As an object.", "postgres(url, { ssl: { ca: fs.readFileSync(\"ca-certificate.crt\", \"utf8\") } })"),
        new(Drivers.Prisma, "Beside the schema.", "?sslmode=require&sslaccept=strict&sslcert=ca-certificate.crt"),
        new(Drivers.Rails, "In config/database.yml.", "sslmode: verify-full\nsslrootcert: ca-certificate.crt"),
        new(Drivers.Pdo, "In the address.", "sslmode=verify-full;sslrootcert=ca-certificate.crt"),
        new(Drivers.Sqlx, "Name the file.", "?sslmode=verify-full&sslrootcert=ca-certificate.crt"),
    ];
}
