namespace Portal.Connections.Formats;

/// <summary>The data source of Spring Boot, with Hikari.</summary>
/// <remarks>User and password are in the URL, escaped: as properties Spring would look for placeholders (<c>${</c>) in them.</remarks>
internal sealed class SpringFormat : IConnectionFormat
{
    public string Id => "spring";

    public string Name => "Spring Boot";

    public int Order => 140;

    public string? FileName => "application.properties";

    public string Caption(ConnectionDetails details) => "application.properties";

    public string Write(ConnectionDetails details) => string.Join('\n', [
        Key(details) + Address.Jdbc(details, [$"user={Escape.Uri(details.User)}", $"password={details.Password.In(Escape.Uri)}", .. Address.Tls(details), .. Jdbc.Parameters(details)]),
        .. details.IsDirect ? [] : (string[])[Most(details)],
    ]);

    public IReadOnlyList<FormatSetting> Settings(ConnectionDetails details) =>
    [
        .. Jdbc.Settings(details),
        new("password=", "In the URL and with % for what means something there. As a property of its own, a password with ${ in it would be taken for a placeholder."),
        details.IsDirect
            ? new(Key(details), "Only the migrations go around the pool; the app's spring.datasource.url stays the pool's. For Liquibase it is spring.liquibase.url.")
            : CommonSettings.Connections(details, Most(details)),
    ];

    private static string Key(ConnectionDetails details) => details.IsDirect ? "spring.flyway.url=" : "spring.datasource.url=";

    private static string Most(ConnectionDetails details) =>
        $"spring.datasource.hikari.maximum-pool-size={CommonSettings.Number(details.ClientConnections)}";
}
