namespace Portal.Connections.Diagnosis.Known;

/// <summary>What other drivers need in a string for a pool that keeps no session.</summary>
internal sealed class DriverSettings : IKnownTrouble
{
    public int Order => 83;

    public string Sample => "postgres://u@h.db.ondigitalocean.com:25061/p?sslmode=require&channel_binding=require";

    public IEnumerable<Finding> Find(Pasted pasted)
    {
        if (pasted.Connection is not { } connection)
        {
            yield break;
        }

        if (pasted.IsToPool && connection.IsJdbc && connection["preparethreshold"] is null && pasted.Known.Pool(connection.Database)?.KeepsSession is not true)
        {
            yield return new Finding(
                Certainty.Possible,
                "JDBC prepares what runs five times",
                "Without tracking in the pool that gives \"prepared statement S_1 already exists\" in transaction mode.",
                "Test the pool on its page: it says whether prepared statements are tracked.")
            {
                Changes = [new(Drivers.Jdbc, "Where they are not.", "prepareThreshold=0")],
            };
        }

        if (connection["statementcachecapacity"] is "0")
        {
            yield return new Finding(
                Certainty.Likely,
                "statement-cache-capacity=0 does not keep sqlx from naming statements",
                "A persistent query still gets a name on the server, and is then never closed.",
                "Test the pool on its page: where prepared statements are tracked, nothing has to be done.")
            {
                Changes = [new(Drivers.Sqlx, "On each query.", ".persistent(false)")],
            };
        }

        if (connection["channelbinding"] is "require")
        {
            yield return new Finding(
                Certainty.Certain,
                "A pool knows no channel binding",
                "PgBouncer takes a password without it, so a client that demands it ends the connection.",
                "The setting comes with strings of other providers.")
            {
                Changes = [new(Drivers.Libpq, "Take it out.", "channel_binding=require")],
            };
        }

        if (connection.Scheme is "postgres")
        {
            yield return WrongForm.PostgresScheme(Certainty.Possible);
        }

        if (connection.Scheme?.EndsWith("+asyncpg", StringComparison.Ordinal) is true && connection["sslmode"] is not null)
        {
            yield return WrongForm.SslModeForAsyncpg();
        }
    }
}
