namespace Portal.Connections.Formats;

/// <summary>One line for a file that dotenv, Docker Compose or a shell reads.</summary>
internal sealed class DotEnvFormat : IConnectionFormat
{
    public string Id => "dotenv";

    public string Name => ".env";

    public int Order => 120;

    // Browsers take the dot away from a name that begins with one.
    public string? FileName => "database.env";

    public string Caption(ConnectionDetails details) => TwoFiles.Environment;

    public string Write(ConnectionDetails details) => TwoFiles.Line(details, Address.Write(details, "postgresql", Address.Tls(details)));

    public IReadOnlyList<FormatSetting> Settings(ConnectionDetails details) =>
    [
        TwoFiles.LineSetting(details),
        new("'", "The quotes are for shells, in which & means something. \"docker run --env-file\" takes them for a part of the value: leave them out there."),
        CommonSettings.Port(details, ":"),
        CommonSettings.Target(details, $"/{Escape.Uri(details.Target)}"),
        .. Address.TlsSettings(details),
    ];
}
