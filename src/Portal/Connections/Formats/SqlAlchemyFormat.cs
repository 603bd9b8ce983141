namespace Portal.Connections.Formats;

/// <summary>SQLAlchemy over psycopg2, its default driver for PostgreSQL.</summary>
/// <remarks>
/// Not over asyncpg: there SQLAlchemy prepares every statement under a name, and two clients of a pool take each other's, with its caches
/// off as well (seen with SQLAlchemy 1.4.46 and asyncpg 0.27 on PgBouncer 1.18). psycopg2 prepares nothing.
/// </remarks>
/// <seealso href="https://docs.sqlalchemy.org/en/20/core/engines.html"/>
internal sealed class SqlAlchemyFormat : IConnectionFormat
{
    private const string Driver = "postgresql+psycopg2";
    private const string Autocommit = "isolation_level=\"AUTOCOMMIT\"";

    public string Id => "sqlalchemy";

    public string Name => "Python (SQLAlchemy)";

    public int Order => 170;

    public string Caption(ConnectionDetails details) => ".env and db.py";

    public string Write(ConnectionDetails details) => TwoFiles.Write(details, Address.Write(details, Driver, Address.Tls(details)), "# db.py", string.Join('\n', [
        "import os",
        "",
        "from sqlalchemy import create_engine",
        "",
        "engine = create_engine(",
        $"    os.environ[\"{details.Variable}\"],",
        $"    {Most(details)},",
        "    max_overflow=0,",
        .. details.RefusesTransactions ? [$"    {Autocommit},"] : (string[])[],
        ")",
    ]));

    public IReadOnlyList<FormatSetting> Settings(ConnectionDetails details) =>
    [
        TwoFiles.LineSetting(details),
        new($"{Driver}:", "The driver that prepares nothing on the server, so that every mode of a pool suits it."),
        CommonSettings.Port(details, ":"),
        CommonSettings.Target(details, $"/{Escape.Uri(details.Target)}?"),
        .. Address.TlsSettings(details),
        CommonSettings.Connections(details, Most(details)),
        .. details.RefusesTransactions
            ? [new(Autocommit, "This mode refuses transactions, and without this SQLAlchemy begins one with its first statement.")]
            : (FormatSetting[])[],
    ];

    private static string Most(ConnectionDetails details) => $"pool_size={CommonSettings.Number(details.ClientConnections)}";
}
