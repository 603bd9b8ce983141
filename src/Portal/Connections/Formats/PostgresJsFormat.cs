namespace Portal.Connections.Formats;

/// <summary>postgres.js, and Drizzle over it. It would send parameters of the address that it does not know to the server, which refuses them.</summary>
/// <seealso href="https://github.com/porsager/postgres#connection-details"/>
internal sealed class PostgresJsFormat : IConnectionFormat
{
    public string Id => "postgres-js";

    public string Name => "Node (postgres.js)";

    public int Order => 150;

    public string Caption(ConnectionDetails details) => ".env and db.mjs";

    public string Write(ConnectionDetails details) => TwoFiles.Write(details, Address.Write(details, "postgresql"), "// db.mjs", string.Join('\n', [
        .. details.Verify ? ["import { readFileSync } from 'node:fs';"] : (string[])[],
        "import postgres from 'postgres';",
        "",
        $"export const sql = postgres(process.env.{details.Variable}, {{",
        $"  {Tls(details).Text},",
        .. details.MayPrepare ? [] : (string[])["  prepare: false,"],
        $"  {Most(details)},",
        "});",
    ]));

    public IReadOnlyList<FormatSetting> Settings(ConnectionDetails details) =>
    [
        TwoFiles.LineSetting(details),
        CommonSettings.Port(details, ":"),
        CommonSettings.Target(details, $"/{Escape.Uri(details.Target)}'"),
        Tls(details),
        .. details.MayPrepare ? [] : (FormatSetting[])[CommonSettings.NotPrepared(details, "prepare: false")],
        CommonSettings.Connections(details, Most(details)),
    ];

    private static FormatSetting Tls(ConnectionDetails details) => details.Verify
        ? new(
            $"ssl: {{ ca: readFileSync('{ConnectionDetails.CaFile}', 'utf8') }}",
            $"Encrypts and checks the server with the cluster's CA, which is not among those that Node knows: {ConnectionDetails.CaFile} lies in the folder that the program is started in.")
        : new("ssl: 'require'", "Encrypts, but does not check who answers. Tick \"Verify the server\" to check that, too.");

    private static string Most(ConnectionDetails details) => $"max: {CommonSettings.Number(details.ClientConnections)}";
}
