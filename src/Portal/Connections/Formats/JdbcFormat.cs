namespace Portal.Connections.Formats;

/// <summary>The URL and the properties that <c>DriverManager</c> and every pool of connections take.</summary>
/// <seealso href="https://jdbc.postgresql.org/documentation/use/"/>
internal sealed class JdbcFormat : IConnectionFormat
{
    public string Id => "jdbc";

    public string Name => "JDBC";

    public int Order => 40;

    public string? FileName => "database.properties";

    public string Caption(ConnectionDetails details) => "database.properties";

    public string Write(ConnectionDetails details) => $"""
        url={Address.Jdbc(details, [.. Address.Tls(details), .. Jdbc.Parameters(details)])}
        user={Escape.Properties(details.User)}
        password={details.Password.In(Escape.Properties)}
        """;

    public IReadOnlyList<FormatSetting> Settings(ConnectionDetails details) =>
    [
        .. Jdbc.Settings(details),
        new("password=", "A property of its own and not in the URL, which programs print. A backslash of the password is written twice, as properties want it."),
    ];
}
