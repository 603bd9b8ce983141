using System.Text.RegularExpressions;

namespace Portal.Connections.Diagnosis.Known;

/// <summary>User and password do not belong together.</summary>
internal sealed partial class PasswordRefused : KnownMessage
{
    public override int Order => 50;

    public override string Sample => "FATAL: password authentication failed for user \"app\"";

    protected override Regex Words => Pattern();

    protected override Finding Explain(Match match, Pasted pasted) => match.Value.Contains("server login", StringComparison.OrdinalIgnoreCase)
        ? new Finding(
            Certainty.Certain,
            "The pool itself cannot log in at PostgreSQL",
            "The client came in. PgBouncer could not: the password of the pool's database user was changed past DigitalOcean, or the user or the database behind the pool is gone.",
            "Look at the pool's page: does its database user still exist on the cluster?")
        {
            Changes = [new(Drivers.All, "A lead resets the user's password on the pool's page. That is a breaking change for all who use it.")],
        }
        : new Finding(
            Certainty.Certain,
            "User and password do not belong together",
            "The password was reset since the string was copied, it is another user's, or characters of it were lost: in an address, @ / ? # % and spaces must be written as % and two digits; in a shell, $ and ! vanish between double quotes.",
            "Copy the string again from the pool's page and compare it by machine, not by eye. An empty password gives the same message: is the variable set where the app runs?")
        {
            Changes =
            [
                new(Drivers.All, "Take the whole string from the pool's page: it is escaped for the format that you choose."),
                new(Drivers.Npgsql, "In quotes, with a quote inside doubled; not escaped by %.", "Password=\"…\""),
                new(Drivers.Libpq, "In single quotes, with ' and \\ inside written as \\' and \\\\.", "password='…'"),
                new(Drivers.Asyncpg, "Let SQLAlchemy put the address together.", "URL.create(\"postgresql+asyncpg\", username=…, password=os.environ[\"DB_PASSWORD\"], …)"),
            ],
        };

    [GeneratedRegex("""server login failed|password authentication failed|SASL authentication failed|\b28P01\b|no password supplied|no such user|client password must be a string|empty password returned by client|authentication failed for user|Authentication failed against database server""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern();
}

/// <summary>The log-in went well; the user may not do this.</summary>
internal sealed partial class PermissionDenied : KnownMessage
{
    public override int Order => 51;

    public override string Sample => "ERROR: permission denied for schema public";

    protected override Regex Words => Pattern();

    protected override Finding Explain(Match match, Pasted pasted)
    {
        var user = pasted.Pool?.User ?? "USER";
        var (what, name) = (match.Groups["what"].Value.ToLowerInvariant(), match.Groups["name"].Value);
        return what switch
        {
            "schema" => new Finding(
                Certainty.Certain,
                $"The database user may not use, or make anything in, the schema {name}",
                "Since PostgreSQL 15 only the owner of a database may make tables in schema public. A user that was just made at DigitalOcean may not.",
                $"As the owner, over a direct connection: SELECT has_schema_privilege('{user}', '{name}', 'CREATE'). The pool's own test says it, too.")
            {
                Changes = [new(Drivers.All, "To be run by the owner of the database, mostly doadmin, over a direct connection.", $"GRANT USAGE, CREATE ON SCHEMA {name} TO {user};")],
            },
            "database" => new Finding(
                Certainty.Certain,
                $"The database user may not connect to {name}",
                "The right to connect was taken from everybody, and this user was not given it back.",
                "Look at \"Database user\" and \"Database\" on the pool's page.")
            {
                Changes = [new(Drivers.All, "To be run by the owner of the database, over a direct connection.", $"GRANT CONNECT ON DATABASE {name} TO {user};")],
            },
            _ => new Finding(
                Certainty.Certain,
                $"The database user may not use {(what.Length > 0 ? $"the {what} {name}" : "this")}",
                "It belongs to another user. Often the migrations run as doadmin and the app as somebody else: what was made before is then doadmin's alone.",
                "Compare the owner (\\d in psql) with \"Database user\" on the pool's page.")
            {
                Changes =
                [
                    new(Drivers.All, "To be run by the owner, over a direct connection.", $"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {user};"),
                    new(Drivers.All, "And for what is made later.", $"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {user};"),
                ],
            },
        };
    }

    [GeneratedRegex("""permission denied for (?<what>schema|database|table|relation|sequence|function|view) ["'`]?(?<name>[\w$-]{1,63})|must be owner of (?<what>table|schema|database|relation) ["'`]?(?<name>[\w$-]{1,63})|\b42501\b(?![\s\S]*(?:permission denied for|must be owner))""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();
}

/// <summary>A standby or a read replica was written to.</summary>
internal sealed partial class ReadOnly : KnownMessage
{
    public override int Order => 52;

    public override string Sample => "ERROR: cannot execute INSERT in a read-only transaction";

    protected override Regex Words => Pattern();

    protected override Finding Explain(Match match, Pasted pasted) => new(
        Certainty.Certain,
        "This connection leads to a standby or a read replica, which takes no writes",
        "The host begins with replica-, or the pool is one of a read replica. Or the cluster changed over to its standby a moment ago.",
        "Look at the host in the string. SELECT pg_is_in_recovery() answers t on a standby.")
    {
        Changes = [new(Drivers.All, "For writes, take the string of the cluster itself, not that of its standby.")],
    };

    [GeneratedRegex("""in a read-only transaction|\b25006\b""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern();
}
