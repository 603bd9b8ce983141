namespace Portal.Connections.Formats;

/// <summary>A connection string for Npgsql, and so for EF Core and Dapper.</summary>
/// <seealso href="https://www.npgsql.org/doc/connection-string-parameters.html"/>
internal sealed class NpgsqlFormat : IConnectionFormat
{
    private const string CaFile = $"Root Certificate={ConnectionDetails.CaFile}";

    public string Id => "npgsql";

    public string Name => ".NET (Npgsql)";

    public int Order => 30;

    public string? FileName => "connection-string.txt";

    public string Caption(ConnectionDetails details) => details.IsDirect ? "ConnectionStrings:Direct" : "ConnectionStrings:Default";

    public string Write(ConnectionDetails details) => string.Join(
        ';',
        [
            $"Host={Escape.AdoNetName(details.Endpoint.Host)}",
            $"Port={CommonSettings.Number(details.Endpoint.Port)}",
            $"Database={Escape.AdoNetName(details.Target)}",
            $"Username={Escape.AdoNetName(details.User)}",
            $"Password={details.Password.In(Escape.AdoNet)}",
            .. details.Verify ? [Mode(details), CaFile] : (string[])[Mode(details)],
            ForMode(details).Text,
        ]);

    public IReadOnlyList<FormatSetting> Settings(ConnectionDetails details) =>
    [
        CommonSettings.Port(details, "Port="),
        CommonSettings.Target(details, $"Database={Escape.AdoNetName(details.Target)}"),
        .. CommonSettings.Tls(details, Mode(details), CaFile),
        ForMode(details),
    ];

    private static string Mode(ConnectionDetails details) => details.Verify ? "SSL Mode=VerifyFull" : "SSL Mode=Require";

    private static FormatSetting ForMode(ConnectionDetails details) => details.KeepsSession
        ? CommonSettings.Connections(details, $"Maximum Pool Size={CommonSettings.Number(details.ClientConnections)}")
        : new(
            "No Reset On Close=true",
            "PgBouncer hands each transaction to any server connection, so there is nothing to reset. Without this, Npgsql sends DISCARD ALL for every connection it opens again.");
}
