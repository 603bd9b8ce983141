using System.Text.RegularExpressions;

namespace Portal.Connections.Diagnosis.Known;

/// <summary>PgBouncer's <c>no such database</c>: no pool has that name.</summary>
internal sealed partial class NoSuchPool : KnownMessage
{
    public override int Order => 10;

    public override string Sample => "FATAL: no such database: orders";

    protected override Regex Words => Pattern();

    protected override Finding Explain(Match match, Pasted pasted)
    {
        var name = match.Groups["name"].Value;
        return pasted.Known.IsDatabase(name)
            ? Advice.DatabaseOnPoolPort(name, pasted)
            : new Finding(
                Certainty.Certain,
                $"There is no pool {name}",
                "PgBouncer, which answers on the pool's port, knows pools only: where other strings have the database, the name of a pool stands. It was deleted, never made, or is spelled otherwise; capitals count.",
                "Look for it in the list of pools. The host belongs to one cluster, and a pool of another cluster is not known there.")
            {
                Changes = [new(Drivers.All, "Put the name of a pool of this cluster where the database stands, or make the pool again under its name: host, user and password stay as they were.")],
            };
    }

    [GeneratedRegex("""no such database: ["'`]?(?<name>[^\s"'`]+)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();
}

/// <summary>PostgreSQL's <c>database "…" does not exist</c>: somebody reached the server itself, with a name that is not a database.</summary>
internal sealed partial class DatabaseDoesNotExist : KnownMessage
{
    public override int Order => 11;

    public override string Sample => "FATAL: database \"checkout-app\" does not exist";

    protected override Regex Words => Pattern();

    protected override Finding Explain(Match match, Pasted pasted)
    {
        var name = match.Groups["name"].Value;
        if (pasted.Known.Pool(name) is { } pool)
        {
            return Advice.PoolOnDirectPort(pool);
        }

        var check = pasted.Known.IsDatabase(name)
            ? $"The portal last saw a database {name} on {string.Join(", ", pasted.Known.DatabaseOf[name])}. It was deleted since, or the host is another cluster's."
            : "Look for the name in the list of pools. If it is a pool there, the port is wrong: a pool listens on 25061, and 25060 goes around it.";
        return new Finding(
            Certainty.Likely,
            $"PostgreSQL has no database {name}",
            "PostgreSQL itself said this, not the pool. On the direct port (25060) the name must be that of a database. Mostly it is the name of a pool, used with the wrong port.",
            check)
        {
            Changes = [new(Drivers.All, "For the pool, change the port to 25061. For a direct connection, keep the port and put the database's own name.")],
        };
    }

    [GeneratedRegex("""database ["`'](?<name>[^"`'\r\n]{1,63})["`'] does not exist""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();
}

/// <summary>The port and the name of a string, against what the inventory knows.</summary>
internal sealed class NameAndPort : IKnownTrouble
{
    public int Order => 12;

    public string Sample => "postgresql://app@orders-prod.db.ondigitalocean.com:25060/orders?sslmode=require";

    public IEnumerable<Finding> Find(Pasted pasted)
    {
        if (pasted.Connection is not { IsWhole: true, Host: not null } connection)
        {
            yield break;
        }

        var pool = pasted.Known.Pool(connection.Database);
        switch (connection.Port)
        {
            case null:
                yield return NoPort(pasted);
                break;
            case PastedConnection.DirectPort when pool is not null && !pasted.Known.IsDatabase(connection.Database):
                yield return Advice.PoolOnDirectPort(pool);
                break;
            case PastedConnection.DirectPort:
                yield return Advice.GoesAroundThePool(pasted);
                break;
            case PastedConnection.PoolPort when connection.Database is null:
                yield return NoName();
                break;
            case PastedConnection.PoolPort when pool is null && pasted.Known.IsDatabase(connection.Database):
                yield return Advice.DatabaseOnPoolPort(connection.Database!, pasted);
                break;
            case PastedConnection.PoolPort when pool is null:
                yield return new Finding(
                    Certainty.Likely,
                    $"The portal knows no pool {connection.Database}",
                    "On the pool's port the name of a pool stands where the database usually does. This name is neither a pool nor a database of any cluster that the portal sees.",
                    "Look for it in the list of pools; capitals count. A pool that was just made elsewhere appears there after the next refresh.");
                break;
        }

        if (pasted.Known.About is { } about && connection.Database != about.Name && pool is not null)
        {
            yield return new Finding(
                Certainty.Likely,
                $"This string is for another pool than {about.Name}",
                $"It names {connection.Database}, and you came from the page of {about.Name}.",
                "Compare the name in the string with the name of the pool that the app should use.");
        }
    }

    private static Finding NoPort(Pasted pasted) => new(
        Certainty.Certain,
        "The string names no port",
        "Every driver then takes 5432, where nothing of a managed cluster listens: the connection is refused or times out.",
        "A pool listens on 25061, a direct connection on 25060.")
    {
        Changes = [new(Drivers.All, "Write the port.", pasted.Connection!.IsNpgsql ? "Port=25061" : "…@HOST:25061/POOL")],
    };

    private static Finding NoName() => new(
        Certainty.Certain,
        "The string names no pool",
        "Without a name the driver takes that of the user, which is no pool: \"no such database\".",
        "The name of the pool stands where the database usually does.");
}

/// <summary>A pool with a user of its own is asked for by another one.</summary>
internal sealed class UserOfPool : IKnownTrouble
{
    public int Order => 13;

    public string Sample => "postgresql://someone@orders-prod.db.ondigitalocean.com:25061/checkout-app?sslmode=require";

    public IEnumerable<Finding> Find(Pasted pasted) =>
        pasted is { IsToPool: true, Connection: { User: { } user } connection } && pasted.Known.Pool(connection.Database) is { User: { } own } pool && own != user
            ? [new Finding(
                Certainty.Likely,
                $"The pool {pool.Name} belongs to the user {own}, not {user}",
                $"Whoever comes in, the pool works in the database as {own}; and the password that the portal shows is that of {own}. With {user} the log-in fails, or the rights are not those that you expect.",
                $"Look at \"Database user\" on the pool's page.")
            {
                Changes = [new(Drivers.All, $"Connect as {own}, with the password of {own}.")],
            }]
            : [];
}
