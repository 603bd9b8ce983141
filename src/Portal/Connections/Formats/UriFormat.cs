using System.Globalization;

namespace Portal.Connections.Formats;

/// <summary>The URI that libpq and most drivers read.</summary>
/// <remarks>Begins with <c>postgresql:</c>: DigitalOcean's own <c>postgres:</c> is refused by SQLAlchemy since 1.4.</remarks>
/// <seealso href="https://www.postgresql.org/docs/17/libpq-connect.html#LIBPQ-CONNSTRING-URIS"/>
internal sealed class UriFormat : IConnectionFormat
{
    public string Id => "uri";

    public string Name => "URI";

    public string Caption => "DATABASE_URL";

    public int Order => 10;

    public string Write(ConnectionDetails details) => string.Create(
        CultureInfo.InvariantCulture,
        $"postgresql://{Escape.Uri(details.User)}:{details.Password.In(Escape.Uri)}@{Escape.UriHost(details.Endpoint.Host)}:{details.Endpoint.Port}/{Escape.Uri(details.Pool)}?{Tls(details)}");

    public IReadOnlyList<FormatSetting> Settings(ConnectionDetails details) =>
    [
        CommonSettings.Port(details, string.Create(CultureInfo.InvariantCulture, $":{details.Endpoint.Port}")),
        CommonSettings.PoolAsDatabase(details, $"/{Escape.Uri(details.Pool)}"),
        .. CommonSettings.Tls(details, details.Verify ? "sslmode=verify-full" : "sslmode=require", $"sslrootcert={ConnectionDetails.CaFile}"),
        new("%", "Characters of the password that mean something in an address are written as % and two digits; every driver turns them back."),
    ];

    private static string Tls(ConnectionDetails details) =>
        details.Verify ? $"sslmode=verify-full&sslrootcert={ConnectionDetails.CaFile}" : "sslmode=require";
}
