using System.Globalization;

namespace Portal.Connections.Diagnosis.Known;

/// <summary>Settings of Npgsql that do not go with a pool, or are out of date.</summary>
internal sealed class NpgsqlSettings : IKnownTrouble
{
    public int Order => 82;

    public string Sample => "Host=h.db.ondigitalocean.com;Port=25061;Database=p;Username=u;SSL Mode=Require;Max Auto Prepare=20";

    public IEnumerable<Finding> Find(Pasted pasted)
    {
        if (pasted.Connection is not { IsNpgsql: true } connection)
        {
            yield break;
        }

        var keepsSession = pasted.Known.Pool(connection.Database)?.KeepsSession;
        if (pasted.IsToPool && keepsSession is not true && connection["maxautoprepare"] is { } number && number != "0")
        {
            yield return new Finding(
                Certainty.Likely,
                "Max Auto Prepare names prepared statements, which the pool must keep track of",
                "In transaction and statement mode each transaction may run on another server connection: \"prepared statement _auto0 already exists\".",
                "Test the pool on its page: it says whether prepared statements are tracked. If so, leave it as it is.")
            {
                Changes = [new(Drivers.Npgsql, "Take it out.", "Max Auto Prepare=0")],
            };
        }

        if (connection["servercompatibilitymode"] is { } compatibility)
        {
            yield return new Finding(
                Certainty.Likely,
                "Server Compatibility Mode is not needed for PgBouncer any more",
                $"{(compatibility.Equals("redshift", StringComparison.OrdinalIgnoreCase) ? "Redshift" : "It")} was once advised, to keep an old Npgsql from sending a parameter that PgBouncer refused. Npgsql does not send it any more, and the setting turns off what your types need.",
                "Take it out and connect once.")
            {
                Changes = [new(Drivers.Npgsql, "Take it out.", "Server Compatibility Mode=…")],
            };
        }

        if (pasted.IsToPool && keepsSession is false && connection["noresetonclose"] is null && connection["pooling"]?.ToLowerInvariant() is not "false")
        {
            yield return new Finding(
                Certainty.Possible,
                "No Reset On Close is not set",
                "Npgsql then sends DISCARD ALL for each connection that it opens again. In transaction mode there is nothing to reset, and with PgBouncer 1.21 it breaks other clients.",
                "Nothing fails by this alone; it costs a round trip.")
            {
                Changes = [new(Drivers.Npgsql, "Add it.", "No Reset On Close=true")],
            };
        }

        if (pasted.IsToPool && pasted.Known.Pool(connection.Database) is { KeepsSession: true } pool && (connection["maximumpoolsize"] ?? connection["maxpoolsize"]) is null)
        {
            yield return new Finding(
                Certainty.Likely,
                $"Npgsql may open 100 connections, and {pool.Name} has {pool.Size.ToString(CultureInfo.InvariantCulture)}",
                "In session mode each open connection keeps a server connection. The next one waits, and fails with query_wait_timeout.",
                "How many instances of the app are there?")
            {
                Changes = [new(Drivers.Npgsql, "The pool's size, divided by the instances.", string.Create(CultureInfo.InvariantCulture, $"Maximum Pool Size={pool.Size}"))],
            };
        }
    }
}
