namespace Portal.Connections.Formats;

/// <summary>SQLAlchemy over asyncpg. asyncpg knows no <c>sslmode</c>, so TLS is an argument.</summary>
/// <seealso href="https://docs.sqlalchemy.org/en/20/dialects/postgresql.html#prepared-statement-name-with-pgbouncer"/>
internal sealed class SqlAlchemyFormat : IConnectionFormat
{
    private const string Caches = "\"statement_cache_size\": 0";
    private const string OtherCaches = "\"prepared_statement_cache_size\": 0";

    public string Id => "sqlalchemy";

    public string Name => "Python (SQLAlchemy with asyncpg)";

    public int Order => 170;

    public string Caption(ConnectionDetails details) => ".env and db.py";

    public string Write(ConnectionDetails details) => TwoFiles.Write(details, Address.Write(details, "postgresql+asyncpg"), "# db.py", string.Join('\n', [
        "import os",
        .. details.Verify ? ["import ssl"] : (string[])[],
        "",
        "from sqlalchemy.ext.asyncio import create_async_engine",
        "",
        "engine = create_async_engine(",
        $"    os.environ[\"{details.Variable}\"],",
        "    connect_args={",
        $"        {Tls(details).Text},",
        .. details.MayPrepare ? [] : (string[])[$"        {Caches},", $"        {OtherCaches},"],
        "    },",
        $"    {Most(details)},",
        "    max_overflow=0,",
        ")",
    ]));

    public IReadOnlyList<FormatSetting> Settings(ConnectionDetails details) =>
    [
        TwoFiles.LineSetting(details),
        CommonSettings.Port(details, ":"),
        CommonSettings.Target(details, $"/{Escape.Uri(details.Target)}'"),
        Tls(details),
        .. details.MayPrepare
            ? []
            : (FormatSetting[])[
                CommonSettings.NotPrepared(details, Caches),
                new(OtherCaches, "The same for what SQLAlchemy itself keeps of prepared statements."),
            ],
        CommonSettings.Connections(details, Most(details)),
    ];

    private static FormatSetting Tls(ConnectionDetails details) => details.Verify
        ? new(
            $"\"ssl\": ssl.create_default_context(cafile=\"{ConnectionDetails.CaFile}\")",
            $"Encrypts, and refuses a server whose certificate was not signed by this cluster's CA or is for another host; {ConnectionDetails.CaFile} lies in the folder that the program is started in.")
        : new("\"ssl\": \"require\"", "Encrypts, but does not check who answers. Tick \"Verify the server\" to check that, too.");

    private static string Most(ConnectionDetails details) => $"pool_size={CommonSettings.Number(details.ClientConnections)}";
}
