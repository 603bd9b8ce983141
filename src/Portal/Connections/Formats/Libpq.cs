namespace Portal.Connections.Formats;

/// <summary>What libpq calls keyword/value, for the formats that contain it.</summary>
/// <seealso href="https://www.postgresql.org/docs/17/libpq-connect.html#LIBPQ-CONNSTRING-KEYWORD-VALUE"/>
internal static class Libpq
{
    public static string Write(ConnectionDetails details, params IReadOnlyList<string> afterUser) => string.Join(
        ' ',
        [
            $"host={Escape.LibpqName(details.Endpoint.Host)}",
            $"port={CommonSettings.Number(details.Endpoint.Port)}",
            $"dbname={Escape.LibpqName(details.Target)}",
            $"user={Escape.LibpqName(details.User)}",
            .. afterUser,
            .. Address.Tls(details),
        ]);

    public static IEnumerable<FormatSetting> Settings(ConnectionDetails details) =>
    [
        CommonSettings.Port(details, "port="),
        CommonSettings.Target(details, $"dbname={Escape.LibpqName(details.Target)}"),
        .. Address.TlsSettings(details),
    ];
}
