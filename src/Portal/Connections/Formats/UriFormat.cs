namespace Portal.Connections.Formats;

/// <summary>The URI that libpq and most drivers read.</summary>
internal sealed class UriFormat : IConnectionFormat
{
    public string Id => "uri";

    public string Name => "URI";

    public int Order => 10;

    public string? FileName => "connection-string.txt";

    public string Caption(ConnectionDetails details) => details.Variable;

    public string Write(ConnectionDetails details) => Address.Write(details, "postgresql", Address.Tls(details));

    public IReadOnlyList<FormatSetting> Settings(ConnectionDetails details) =>
    [
        CommonSettings.Port(details, ":"),
        CommonSettings.Target(details, $"/{Escape.Uri(details.Target)}"),
        .. Address.TlsSettings(details),
        new("%", "Characters of the password that mean something in an address are written as % and two digits; every driver turns them back."),
    ];
}
