namespace Portal.Connections.Diagnosis.Known;

/// <summary>Prisma's setting, right in some places and the bug in others.</summary>
internal sealed class PgBouncerFlag : IKnownTrouble
{
    public int Order => 81;

    public string Sample => "postgresql://u@h.db.ondigitalocean.com:25061/p?sslmode=require&pgbouncer=true";

    public IEnumerable<Finding> Find(Pasted pasted)
    {
        if (pasted.Connection?["pgbouncer"] is not "true")
        {
            yield break;
        }

        yield return pasted.Connection.Port is PastedConnection.DirectPort
            ? new Finding(
                Certainty.Likely,
                "pgbouncer=true has no business on a direct connection",
                "Port 25060 is PostgreSQL itself. With the setting, Prisma gives up prepared statements for nothing.",
                "Is this the string for Migrate (directUrl)? Then take the setting out.")
            : new Finding(
                Certainty.Possible,
                "pgbouncer=true is wrong where the pool keeps track of prepared statements",
                "It makes Prisma send DEALLOCATE ALL before each query. Where PgBouncer (1.21) tracks prepared statements, that takes them away from other clients: \"prepared statement PGBOUNCER_34 does not exist\". Drivers other than Prisma do not know the setting, and some refuse it.",
                "Test the pool on its page: tracked means take it out, off means keep it.")
            {
                Changes = [new(Drivers.Prisma, "Take it out where tracking is on.", "pgbouncer=true")],
            };
    }
}
