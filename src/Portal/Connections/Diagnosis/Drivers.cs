namespace Portal.Connections.Diagnosis;

/// <summary>The drivers that advice is given for, and by which words of a stack trace each is known.</summary>
internal static class Drivers
{
    public const string All = "Every driver";
    public const string Libpq = "psql, libpq";
    public const string Npgsql = ".NET (Npgsql)";
    public const string Jdbc = "JDBC";
    public const string Pgx = "Go (pgx)";
    public const string Psycopg = "psycopg";
    public const string Asyncpg = "asyncpg, SQLAlchemy";
    public const string Django = "Django";
    public const string NodePg = "Node (pg)";
    public const string PostgresJs = "postgres.js";
    public const string Prisma = "Prisma";
    public const string Rails = "Rails";
    public const string Pdo = "PHP (PDO)";
    public const string Sqlx = "Rust (sqlx)";

    // What stands on another comes before it: Django's trace names psycopg, too.
    private static readonly IReadOnlyList<(string Driver, string[] Signs)> BySigns =
    [
        (Django, ["django.db", "ImproperlyConfigured", "django/"]),
        (Asyncpg, ["asyncpg", "sqlalchemy"]),
        (Psycopg, ["psycopg", "_pg3_"]),
        (Prisma, ["prisma", "pgbouncer=true"]),
        (PostgresJs, ["postgres.js", "node_modules/postgres/"]),
        (NodePg, ["node_modules/pg", "pg-pool", "SELF_SIGNED_CERT_IN_CHAIN", "ECONNREFUSED", "ENOTFOUND", "ETIMEDOUT"]),
        (Npgsql, ["Npgsql", "\"_p1\"", "\"_auto", "Username=", "System.Net.Security", "System.Net.Sockets"]),
        (Jdbc, ["org.postgresql", "jdbc:", "HikariPool", "PSQLException", "PKIX", "\"S_"]),
        (Sqlx, ["sqlx", "UnknownIssuer"]),
        (Pgx, ["pgx", "pgconn", "stmtcache_", "x509: ", "lookup "]),
        (Rails, ["ActiveRecord", "PG::"]),
        (Pdo, ["PDOException", "SQLSTATE[", "pdo_stmt_", "pgsql:"]),
        (Libpq, ["psql: ", "psql \"", "connection to server at"]),
    ];

    /// <summary>Whose words the text is full of; null where nothing tells.</summary>
    public static string? SeenIn(string text) =>
        BySigns.FirstOrDefault(driver => driver.Signs.Any(sign => text.Contains(sign, StringComparison.OrdinalIgnoreCase))).Driver;
}
