namespace Portal.Connections.Formats;

/// <summary>sqlx of Rust.</summary>
/// <seealso href="https://docs.rs/sqlx/0.8.6/sqlx/query/struct.Query.html#method.persistent"/>
internal sealed class SqlxFormat : IConnectionFormat
{
    private const string NotPersistent = ".persistent(false)";

    public string Id => "sqlx";

    public string Name => "Rust (sqlx)";

    public int Order => 220;

    public string Caption(ConnectionDetails details) => ".env and src/db.rs";

    public string Write(ConnectionDetails details) => TwoFiles.Write(
        details,
        Address.Write(details, "postgresql", Address.Tls(details)),
        "// src/db.rs",
        string.Join('\n', [
            "use sqlx::postgres::{PgPool, PgPoolOptions};",
            "",
            "pub async fn connect() -> Result<PgPool, Box<dyn std::error::Error>> {",
            $"    let address = std::env::var(\"{details.Variable}\")?;",
            $"    Ok(PgPoolOptions::new().{Most(details)}.connect(&address).await?)",
            "}",
            .. details.MayPrepare ? [] : (string[])["", $"// Each query: sqlx::query(\"SELECT 1\"){NotPersistent}.execute(&pool)"],
        ]));

    public IReadOnlyList<FormatSetting> Settings(ConnectionDetails details) =>
    [
        TwoFiles.LineSetting(details),
        CommonSettings.Port(details, ":"),
        CommonSettings.Target(details, $"/{Escape.Uri(details.Target)}?"),
        .. Address.TlsSettings(details),
        CommonSettings.Connections(details, Most(details)),
        .. details.MayPrepare ? [] : (FormatSetting[])[CommonSettings.NotPrepared(details, NotPersistent)],
    ];

    private static string Most(ConnectionDetails details) => $"max_connections({CommonSettings.Number(details.ClientConnections)})";
}
