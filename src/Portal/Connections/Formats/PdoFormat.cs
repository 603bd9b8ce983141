namespace Portal.Connections.Formats;

/// <summary>PDO of PHP, which hands its text to libpq.</summary>
/// <seealso href="https://www.php.net/manual/en/ref.pdo-pgsql.connection.php"/>
internal sealed class PdoFormat : IConnectionFormat
{
    private const string Emulate = "[PDO::ATTR_EMULATE_PREPARES => true]";

    public string Id => "pdo";

    public string Name => "PHP (PDO)";

    public int Order => 210;

    public string Caption(ConnectionDetails details) => ".env and db.php";

    public string Write(ConnectionDetails details) => TwoFiles.Write(details, Address.Write(details, "postgresql"), "<?php // db.php", string.Join('\n', [
        "$pdo = new PDO(",
        $"    {Escape.Php($"pgsql:{string.Join(';', Parts(details))}")},",
        $"    {Escape.Php(details.User)},",
        $"    rawurldecode(parse_url(getenv('{details.Variable}'), PHP_URL_PASS)),",
        .. details.KeepsSession ? [] : (string[])[$"    {Emulate},"],
        ");",
    ]));

    public IReadOnlyList<FormatSetting> Settings(ConnectionDetails details) =>
    [
        TwoFiles.LineSetting(details),
        CommonSettings.Port(details, "port="),
        CommonSettings.Target(details, $"dbname={Escape.LibpqName(details.Target)}"),
        .. Address.TlsSettings(details),
        .. details.KeepsSession
            ? []
            : (FormatSetting[])[details.MayPrepare
                ? new(Emulate, "This pool's PgBouncer keeps track of prepared statements, but PDO needs PHP 8.4 and a libpq of version 17 to make use of it. With both, leave this out.")
                : CommonSettings.NotPrepared(details, Emulate)],
    ];

    private static IEnumerable<string> Parts(ConnectionDetails details) =>
    [
        $"host={Escape.LibpqName(details.Endpoint.Host)}",
        $"port={CommonSettings.Number(details.Endpoint.Port)}",
        $"dbname={Escape.LibpqName(details.Target)}",
        .. Address.Tls(details),
    ];
}
