namespace Portal.Connections.Formats;

/// <summary>The variables that every program with libpq in it reads by itself.</summary>
/// <seealso href="https://www.postgresql.org/docs/17/libpq-envars.html"/>
internal sealed class PgVariablesFormat : IConnectionFormat
{
    public string Id => "pg-variables";

    public string Name => "PG… variables";

    public int Order => 110;

    public string? FileName => "database.sh";

    public string Caption(ConnectionDetails details) => "Terminal (bash, zsh), or .envrc";

    public string Write(ConnectionDetails details) => string.Join(
        '\n',
        [
            $"export PGHOST={Escape.Shell(details.Endpoint.Host)}",
            $"export PGPORT='{CommonSettings.Number(details.Endpoint.Port)}'",
            $"export PGDATABASE={Escape.Shell(details.Target)}",
            $"export PGUSER={Escape.Shell(details.User)}",
            $"export PGPASSWORD={details.Password.In(Escape.Shell)}",
            $"export {Mode(details)}",
            .. details.Verify ? [$"export {CaFile}"] : (string[])[],
        ]);

    public IReadOnlyList<FormatSetting> Settings(ConnectionDetails details) =>
    [
        CommonSettings.Port(details, "PGPORT='"),
        CommonSettings.Target(details, $"PGDATABASE={Escape.Shell(details.Target)}"),
        .. CommonSettings.Tls(details, Mode(details), CaFile),
        new("PGPASSWORD=", "Quoted for a shell. A reader of .env may see the quotes of such a password otherwise: the format .env is for those."),
    ];

    private const string CaFile = $"PGSSLROOTCERT='{ConnectionDetails.CaFile}'";

    private static string Mode(ConnectionDetails details) => details.Verify ? "PGSSLMODE='verify-full'" : "PGSSLMODE='require'";
}
