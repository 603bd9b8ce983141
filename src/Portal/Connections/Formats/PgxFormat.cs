namespace Portal.Connections.Formats;

/// <summary>pgx 5. Its pool takes its own parameters out of the address; the server never sees them.</summary>
/// <seealso href="https://pkg.go.dev/github.com/jackc/pgx/v5#hdr-PgBouncer"/>
internal sealed class PgxFormat : IConnectionFormat
{
    public string Id => "pgx";

    public string Name => "Go (pgx)";

    public int Order => 190;

    public string Caption(ConnectionDetails details) => ".env and db.go";

    public string Write(ConnectionDetails details) => TwoFiles.Write(
        details,
        Address.Write(details, "postgresql", [.. Address.Tls(details), .. ForMode(details).Select(setting => setting.Text)]),
        "// db.go",
        string.Join('\n', [
            "package db",
            "",
            "import (",
            "\t\"context\"",
            "\t\"os\"",
            "",
            "\t\"github.com/jackc/pgx/v5/pgxpool\"",
            ")",
            "",
            "func Open(ctx context.Context) (*pgxpool.Pool, error) {",
            $"\treturn pgxpool.New(ctx, os.Getenv(\"{details.Variable}\"))",
            "}",
        ]));

    public IReadOnlyList<FormatSetting> Settings(ConnectionDetails details) =>
    [
        TwoFiles.LineSetting(details),
        CommonSettings.Port(details, ":"),
        CommonSettings.Target(details, $"/{Escape.Uri(details.Target)}?"),
        .. Address.TlsSettings(details),
        .. ForMode(details),
    ];

    private static IEnumerable<FormatSetting> ForMode(ConnectionDetails details)
    {
        yield return CommonSettings.Connections(details, $"pool_max_conns={CommonSettings.Number(details.ClientConnections)}");
        if (!details.MayPrepare)
        {
            yield return CommonSettings.NotPrepared(details, "default_query_exec_mode=exec");
        }
    }
}
