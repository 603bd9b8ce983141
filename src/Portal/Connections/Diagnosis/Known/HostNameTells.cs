namespace Portal.Connections.Diagnosis.Known;

/// <summary>Hosts whose name says where they can be reached from, or what they are for.</summary>
internal sealed class HostNameTells : IKnownTrouble
{
    public int Order => 84;

    public string Sample => "postgresql://u@private-h.db.ondigitalocean.com:25061/p?sslmode=require";

    public IEnumerable<Finding> Find(Pasted pasted)
    {
        if (pasted.Connection is not { IsWhole: true, Host: { } host } connection)
        {
            yield break;
        }

        if (host is "localhost" or "127.0.0.1" or "::1" or "[::1]")
        {
            yield return new Finding(
                Certainty.Possible,
                "The host is the app's own machine",
                "That is right for a tunnel and for a sandbox. In a container it means the container.",
                "Compare with the host on the pool's page.");
        }

        if (host.StartsWith("private-", StringComparison.Ordinal))
        {
            yield return new Finding(
                Certainty.Possible,
                "The host is reached from inside the VPC network only",
                "From elsewhere its connections time out.",
                "Does the app run in the same VPC network as the cluster?");
        }

        if (host.StartsWith("replica-", StringComparison.Ordinal) || host.Contains("-replica-", StringComparison.Ordinal))
        {
            yield return new Finding(
                Certainty.Possible,
                "The host is a standby's, which takes no writes",
                "\"cannot execute INSERT in a read-only transaction\".",
                "Is the string for reading only?");
        }

        if (connection.Database is "pgbouncer")
        {
            yield return new Finding(
                Certainty.Certain,
                "pgbouncer is PgBouncer's own console, not a pool",
                "It is not open to the users of a managed cluster.",
                "The name of the pool stands where the database usually does.");
        }
    }
}
