namespace Portal.Connections.Diagnosis.Known;

/// <summary>Nothing in the string asks for encryption, or something forbids it.</summary>
internal sealed class EncryptionMissing : IKnownTrouble
{
    public int Order => 80;

    public string Sample => "host=h.db.ondigitalocean.com port=25061 dbname=p user=u sslmode=disable";

    public static IReadOnlyList<DriverChange> Changes { get; } =
    [
        new(Drivers.Libpq, "At the end of the address, or as a keyword.", "sslmode=require"),
        new(Drivers.Npgsql, "In the string.", "SSL Mode=Require"),
        new(Drivers.Asyncpg, "asyncpg has another word for it.", "connect_args={\"ssl\": \"require\"}"),
        new(Drivers.Django, "In OPTIONS.", "\"OPTIONS\": {\"sslmode\": \"require\"}"),
        new(Drivers.NodePg, "Does not ask for TLS by itself.", "ssl: { ca: fs.readFileSync(\"ca-certificate.crt\", \"utf8\") }"),
        new(Drivers.PostgresJs, "Does not ask for TLS by itself.", "postgres(url, { ssl: \"require\" })"),
        new(Drivers.All, "In the address.", "?sslmode=require"),
    ];

    public IEnumerable<Finding> Find(Pasted pasted)
    {
        if (pasted.Connection is not { IsWhole: true, Host: not null } connection)
        {
            return [];
        }

        var mode = connection["sslmode"] ?? connection["ssl"] ?? connection["tls"];
        return mode?.ToLowerInvariant() switch
        {
            null => [new Finding(
                Certainty.Likely,
                "Nothing in the string asks for encryption",
                "Managed clusters refuse connections without TLS. psql, Npgsql and JDBC try it by themselves, others do not; and none of them would notice if somebody in between took it away.",
                "Is it set elsewhere: in the driver's own settings, or as PGSSLMODE?") { Changes = Changes }],
            "disable" or "allow" or "false" or "0" => [new Finding(
                Certainty.Certain,
                "The string forbids or does not want encryption",
                "Managed clusters refuse connections without TLS.",
                "Look at the setting for TLS in the string.") { Changes = Changes }],
            _ => [],
        };
    }
}
