namespace Portal.Connections.Formats;

/// <summary>libpq's own notation, for psql, C and everything that stands on it.</summary>
internal sealed class LibpqFormat : IConnectionFormat
{
    public string Id => "libpq";

    public string Name => "libpq (keyword=value)";

    public int Order => 100;

    public string? FileName => "connection-string.txt";

    public string Caption(ConnectionDetails details) => "Connection string for libpq";

    public string Write(ConnectionDetails details) => Libpq.Write(details, $"password={details.Password.In(Escape.Libpq)}");

    public IReadOnlyList<FormatSetting> Settings(ConnectionDetails details) =>
    [
        .. Libpq.Settings(details),
        new("password='", "In quotes, and with a backslash before quotes and backslashes of its own, it may contain anything."),
    ];
}
