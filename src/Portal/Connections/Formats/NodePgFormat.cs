namespace Portal.Connections.Formats;

/// <summary>node-postgres. The address has no <c>sslmode</c>: with one, pg would put its own idea of TLS in the place of <c>ssl</c>.</summary>
/// <seealso href="https://node-postgres.com/features/ssl"/>
internal sealed class NodePgFormat : IConnectionFormat
{
    private const string Ca = $"ssl: {{ ca: readFileSync('{ConnectionDetails.CaFile}', 'utf8') }}";

    public string Id => "node-pg";

    public string Name => "Node (pg)";

    public int Order => 50;

    public bool AlwaysVerifies => true;

    public string Caption(ConnectionDetails details) => ".env and db.mjs";

    public string Write(ConnectionDetails details) => TwoFiles.Write(details, Address.Write(details, "postgresql"), "// db.mjs", $$"""
        import { readFileSync } from 'node:fs';
        import pg from 'pg';

        export const pool = new pg.Pool({
          connectionString: process.env.{{details.Variable}},
          {{Ca}},
          {{Most(details)}},
        });
        """);

    public IReadOnlyList<FormatSetting> Settings(ConnectionDetails details) =>
    [
        TwoFiles.LineSetting(details),
        CommonSettings.Port(details, ":"),
        CommonSettings.Target(details, $"/{Escape.Uri(details.Target)}'"),
        new(
            Ca,
            $"Encrypts and checks the server with the cluster's CA, which is not among those that Node knows: {ConnectionDetails.CaFile} lies in the folder that the program is started in. With sslmode=require in the address instead, pg 8 would check the server without this CA, and fail."),
        CommonSettings.Connections(details, Most(details)),
        .. details.MayPrepare ? [] : (FormatSetting[])[CommonSettings.NotPrepared(details, "new pg.Pool") with { Why = "Give queries no name: pg prepares named queries on the server, which this pool may not find again. Queries without a name are always right." }],
    ];

    private static string Most(ConnectionDetails details) => $"max: {CommonSettings.Number(details.ClientConnections)}";
}
