using System.Globalization;

namespace Portal.Connections.Formats;

/// <summary>The URI of a connection, as drivers read it.</summary>
internal static class Address
{
    /// <param name="details">What it leads to.</param>
    /// <param name="scheme">Begins with <c>postgresql</c>: DigitalOcean's own <c>postgres:</c> is refused by SQLAlchemy since 1.4.</param>
    /// <param name="parameters"><c>name=value</c>, already escaped.</param>
    /// <seealso href="https://www.postgresql.org/docs/17/libpq-connect.html#LIBPQ-CONNSTRING-URIS"/>
    public static string Write(ConnectionDetails details, string scheme, params IReadOnlyList<string> parameters) => string.Create(
        CultureInfo.InvariantCulture,
        $"{scheme}://{Escape.Uri(details.User)}:{details.Password.In(Escape.Uri)}@{Place(details)}{Query(parameters)}");

    /// <summary>The same for JDBC, which wants the user and the password elsewhere.</summary>
    public static string Jdbc(ConnectionDetails details, params IReadOnlyList<string> parameters) =>
        $"jdbc:postgresql://{Place(details)}{Query(parameters)}";

    /// <summary>libpq's words for the chosen way of TLS, which pgjdbc, pgx and sqlx have, too.</summary>
    public static IReadOnlyList<string> Tls(ConnectionDetails details, string file = ConnectionDetails.CaFile) =>
        details.Verify ? ["sslmode=verify-full", $"sslrootcert={file}"] : ["sslmode=require"];

    public static IEnumerable<FormatSetting> TlsSettings(ConnectionDetails details, string file = ConnectionDetails.CaFile)
    {
        var words = Tls(details, file);
        return CommonSettings.Tls(details, words[0], words[^1]);
    }

    private static string Place(ConnectionDetails details) => string.Create(
        CultureInfo.InvariantCulture, $"{Escape.UriHost(details.Endpoint.Host)}:{details.Endpoint.Port}/{Escape.Uri(details.Target)}");

    private static string Query(IReadOnlyList<string> parameters) => parameters.Count == 0 ? "" : $"?{string.Join('&', parameters)}";
}
