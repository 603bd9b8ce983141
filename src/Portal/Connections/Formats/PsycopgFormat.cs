namespace Portal.Connections.Formats;

/// <summary>psycopg 3.</summary>
/// <remarks>
/// <c>prepare_threshold=None</c> also where statements are tracked: psycopg then needs to be 3.2 with a libpq of version 17, which nobody here knows.
/// </remarks>
/// <seealso href="https://www.psycopg.org/psycopg3/docs/advanced/prepare.html#using-prepared-statements-with-pgbouncer"/>
internal sealed class PsycopgFormat : IConnectionFormat
{
    private const string NeverPrepare = "prepare_threshold=None";
    private const string Autocommit = "autocommit=True";

    public string Id => "psycopg";

    public string Name => "Python (psycopg)";

    public int Order => 60;

    public string Caption(ConnectionDetails details) => ".env and db.py";

    public string Write(ConnectionDetails details) => TwoFiles.Write(details, Address.Write(details, "postgresql", Address.Tls(details)), "# db.py", $"""
        import os

        import psycopg

        connection = psycopg.connect(os.environ["{details.Variable}"]{(details.KeepsSession ? "" : $", {NeverPrepare}")}{(details.RefusesTransactions ? $", {Autocommit}" : "")})
        """);

    public IReadOnlyList<FormatSetting> Settings(ConnectionDetails details) =>
    [
        TwoFiles.LineSetting(details),
        CommonSettings.Port(details, ":"),
        CommonSettings.Target(details, $"/{Escape.Uri(details.Target)}?"),
        .. Address.TlsSettings(details),
        .. details.KeepsSession
            ? []
            : (FormatSetting[])[details.MayPrepare
                ? new(NeverPrepare, "This pool's PgBouncer keeps track of prepared statements, but psycopg needs version 3.2 and a libpq of version 17 to make use of it. With both, leave this out.")
                : CommonSettings.NotPrepared(details, NeverPrepare)],
        .. details.RefusesTransactions
            ? [new(Autocommit, "This mode refuses transactions, and without this psycopg begins one with the first statement.")]
            : (FormatSetting[])[],
    ];
}
