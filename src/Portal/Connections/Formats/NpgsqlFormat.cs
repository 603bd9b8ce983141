using System.Globalization;

namespace Portal.Connections.Formats;

/// <summary>A connection string for Npgsql, and so for EF Core and Dapper.</summary>
/// <seealso href="https://www.npgsql.org/doc/connection-string-parameters.html"/>
internal sealed class NpgsqlFormat : IConnectionFormat
{
    public string Id => "npgsql";

    public string Name => ".NET (Npgsql)";

    public string Caption => "ConnectionStrings:Default";

    public int Order => 30;

    public string Write(ConnectionDetails details) => string.Join(
        ';',
        [
            $"Host={Escape.AdoNetName(details.Endpoint.Host)}",
            Port(details),
            $"Database={Escape.AdoNetName(details.Pool)}",
            $"Username={Escape.AdoNetName(details.User)}",
            $"Password={details.Password.In(Escape.AdoNet)}",
            .. details.Verify ? ["SSL Mode=VerifyFull", $"Root Certificate={ConnectionDetails.CaFile}"] : (string[])["SSL Mode=Require"],
            ForMode(details).Text,
        ]);

    public IReadOnlyList<FormatSetting> Settings(ConnectionDetails details) =>
    [
        CommonSettings.Port(details, Port(details)),
        CommonSettings.PoolAsDatabase(details, $"Database={Escape.AdoNetName(details.Pool)}"),
        .. CommonSettings.Tls(details, details.Verify ? "SSL Mode=VerifyFull" : "SSL Mode=Require", $"Root Certificate={ConnectionDetails.CaFile}"),
        ForMode(details),
    ];

    private static string Port(ConnectionDetails details) => string.Create(CultureInfo.InvariantCulture, $"Port={details.Endpoint.Port}");

    private static FormatSetting ForMode(ConnectionDetails details) => details.KeepsSession
        ? new(
            string.Create(CultureInfo.InvariantCulture, $"Maximum Pool Size={details.Size}"),
            "In session mode every open connection holds one of the pool's server connections; one more waits until it fails. Npgsql would open 100. Divide this by the instances of your app.")
        : new(
            "No Reset On Close=true",
            "PgBouncer hands each transaction to any server connection, so there is nothing to reset. Without this, Npgsql sends DISCARD ALL for every connection it opens again.");
}
