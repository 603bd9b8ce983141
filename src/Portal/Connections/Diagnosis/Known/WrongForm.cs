namespace Portal.Connections.Diagnosis.Known;

/// <summary>A driver was given a string of another's form.</summary>
internal sealed class WrongForm : IKnownTrouble
{
    public int Order => 6;

    public string Sample => "Format of the initialization string does not conform to specification starting at index 0.";

    public IEnumerable<Finding> Find(Pasted pasted)
    {
        if (pasted.Mentions("Format of the initialization string does not conform"))
        {
            yield return new Finding(
                Certainty.Certain,
                "Npgsql was given something that is not a .NET connection string",
                "Mostly it is a URI (postgresql://…), which Npgsql does not read. Or a value with ; or a quote in it is not in quotes.",
                "Look at what the setting holds where the app runs, not only in the file.")
            {
                Changes = [new(Drivers.Npgsql, "Choose .NET (Npgsql) on the pool's page.", "Host=…;Port=25061;Database=POOL;Username=…;Password=\"…\";SSL Mode=Require")],
            };
        }

        if (pasted.Mentions("unexpected keyword argument 'sslmode'"))
        {
            yield return SslModeForAsyncpg();
        }

        if (pasted.Mentions("dialects:postgres"))
        {
            yield return PostgresScheme(Certainty.Certain);
        }
    }

    public static Finding SslModeForAsyncpg() => new(
        Certainty.Certain,
        "asyncpg does not know sslmode",
        "SQLAlchemy hands on what follows the question mark of the address: \"connect() got an unexpected keyword argument 'sslmode'\".",
        "Look at the end of the address.")
    {
        Changes = [new(Drivers.Asyncpg, "Take it out of the address.", "connect_args={\"ssl\": \"require\"}")],
    };

    public static Finding PostgresScheme(Certainty certainty) => new(
        certainty,
        "SQLAlchemy does not take postgres:// any more",
        "Since 1.4 the address must begin with postgresql:// or with the driver's name. DigitalOcean's own strings begin with postgres://, which other drivers take.",
        "Look at the beginning of the address.")
    {
        Changes = [new(Drivers.Asyncpg, "Only the beginning changes.", "postgresql+asyncpg://…  postgresql+psycopg://…")],
    };
}
