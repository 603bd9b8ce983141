using System.Text.RegularExpressions;

namespace Portal.Connections.Diagnosis.Known;

/// <summary>PgBouncer refuses a parameter that the driver sends when it connects.</summary>
internal sealed partial class UnsupportedStartupParameter : KnownMessage
{
    public override int Order => 30;

    public override string Sample => "FATAL: unsupported startup parameter: search_path";

    protected override Regex Words => Pattern();

    protected override Finding Explain(Match match, Pasted pasted)
    {
        var name = match.Groups["name"].Value;
        return name is "extra_float_digits"
            ? new Finding(
                Certainty.Certain,
                "The cluster's PgBouncer does not take extra_float_digits, which JDBC always sends",
                "The driver cannot leave it out. PgBouncer has a list of parameters that it passes over; on this cluster, extra_float_digits is not in it.",
                "Ask whoever runs the cluster for the PgBouncer setting ignore_startup_parameters of its advanced configuration.")
            {
                Changes = [new(Drivers.Jdbc, "In the cluster's configuration, not in the app.", "ignore_startup_parameters: extra_float_digits")],
            }
            : StartupParameterInString.Refused(name, Certainty.Certain);
    }

    [GeneratedRegex("""unsupported startup parameter(?: in options)?: ["'`]?(?<name>[\w.]+)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();
}

/// <summary>The same, seen in a string before anybody connected.</summary>
internal sealed class StartupParameterInString : IKnownTrouble
{
    private static readonly (string Setting, string Name)[] NotTaken =
        [("options", "options"), ("pgoptions", "options"), ("searchpath", "search_path"), ("currentschema", "search_path"), ("statementtimeout", "statement_timeout")];

    public int Order => 31;

    public string Sample => "Host=h.db.ondigitalocean.com;Port=25061;Database=p;Username=u;SSL Mode=Require;Search Path=x";

    public IEnumerable<Finding> Find(Pasted pasted) => pasted is { IsToPool: true, Connection: { } connection }
        ? NotTaken.Where(one => connection[one.Setting] is not null).Select(one => Refused(one.Name, Certainty.Certain))
        : [];

    public static Finding Refused(string name, Certainty certainty) => new(
        certainty,
        $"A pool does not take {name} when a client connects",
        "A server connection of a pool serves many clients, so PgBouncer passes on no settings of one of them: it answers \"unsupported startup parameter\" and ends the connection. A direct connection takes them.",
        "Look for options, search_path, currentSchema and statement_timeout in the string and in the driver's settings, and for PGOPTIONS in the environment.")
    {
        Changes =
        [
            new(Drivers.Npgsql, "Take these out.", "Search Path=…;Options=…"),
            new(Drivers.Jdbc, "Take these out.", "currentSchema=…&options=…"),
            new(Drivers.Django, "Take it out of OPTIONS.", "\"options\": \"-c search_path=…\""),
            new(Drivers.Prisma, "schema= in the address is fine: Prisma writes it into its queries."),
            new(Drivers.Rails, "Take schema_search_path and variables: out of config/database.yml."),
            new(Drivers.All, "Set it once for the database user, over a direct connection.", name is "options" ? "ALTER ROLE … SET search_path = …;" : $"ALTER ROLE … SET {name} = …;"),
            new(Drivers.All, "Or within each transaction.", name is "options" ? "SET LOCAL search_path = …;" : $"SET LOCAL {name} = …;"),
        ],
    };
}
