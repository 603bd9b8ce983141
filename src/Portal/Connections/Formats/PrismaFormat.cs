namespace Portal.Connections.Formats;

/// <summary>Prisma up to version 6, whose engine reads the address itself.</summary>
/// <remarks>
/// <c>pgbouncer=true</c> only where statements are known not to be tracked: it makes Prisma send DEALLOCATE ALL, which takes the statements
/// of other clients away on PgBouncer 1.21 (prisma/prisma#21877 is that on DigitalOcean). Without it, the worst is an error of one's own.
/// </remarks>
/// <seealso href="https://www.prisma.io/docs/orm/overview/databases/postgresql"/>
internal sealed class PrismaFormat : IConnectionFormat
{
    private const string Hint = "# \"prepared statement already exists\"? Then add &pgbouncer=true to the address.";

    public string Id => "prisma";

    public string Name => "Prisma";

    public int Order => 160;

    public string Caption(ConnectionDetails details) => ".env and prisma/schema.prisma";

    public string Write(ConnectionDetails details) => TwoFiles.Write(
        details,
        Address.Write(details, "postgresql", [.. Tls(details), .. ForMode(details).Select(setting => setting.Text)]),
        "// prisma/schema.prisma",
        """
        datasource db {
          provider  = "postgresql"
          url       = env("DATABASE_URL")
          directUrl = env("DATABASE_URL_DIRECT")
        }
        """,
        IsUnsure(details) ? Hint : null);

    public IReadOnlyList<FormatSetting> Settings(ConnectionDetails details) =>
    [
        TwoFiles.LineSetting(details),
        CommonSettings.Port(details, ":"),
        CommonSettings.Target(details, $"/{Escape.Uri(details.Target)}?"),
        .. details.Verify
            ? [
                new("sslaccept=strict", "Refuses a server whose certificate was not signed by this cluster's CA; Prisma accepts any otherwise."),
                new($"sslcert=../{ConnectionDetails.CaFile}", $"Where the CA file is, seen from the folder prisma: put {ConnectionDetails.CaFile} beside that folder."),
            ]
            : CommonSettings.Tls(details, "sslmode=require", ""),
        .. ForMode(details),
        .. IsUnsure(details) ? [CommonSettings.NotPrepared(details, Hint) with { Why = "Nobody knows yet whether this pool's PgBouncer keeps track of prepared statements. Where it does, pgbouncer=true can take other clients' statements away; where it does not, Prisma needs it. A test of the pool tells." }] : (FormatSetting[])[],
        new("directUrl", "Prisma Migrate needs a connection without a pool in between. Choose Direct, and put its line into the same .env."),
    ];

    private static bool IsUnsure(ConnectionDetails details) => !details.MayPrepare && details.Prepared is not PreparedStatements.Off;

    private static IReadOnlyList<string> Tls(ConnectionDetails details) =>
        details.Verify ? ["sslmode=require", "sslaccept=strict", $"sslcert=../{ConnectionDetails.CaFile}"] : ["sslmode=require"];

    private static IEnumerable<FormatSetting> ForMode(ConnectionDetails details)
    {
        if (details.KeepsSession)
        {
            yield return CommonSettings.Connections(details, $"connection_limit={CommonSettings.Number(details.ClientConnections)}");
        }
        else if (details.Prepared is PreparedStatements.Off)
        {
            yield return CommonSettings.NotPrepared(details, "pgbouncer=true");
        }
    }
}
