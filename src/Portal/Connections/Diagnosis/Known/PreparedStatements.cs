using System.Text.RegularExpressions;

namespace Portal.Connections.Diagnosis.Known;

/// <summary>A statement that one client named meets another client's on the same server connection.</summary>
internal sealed partial class PreparedStatementExists : KnownMessage
{
    public override int Order => 20;

    public override string Sample => "ERROR: prepared statement \"_p1\" already exists";

    protected override Regex Words => Pattern();

    protected override Finding Explain(Match match, Pasted pasted) => new(
        Certainty.Certain,
        "The driver prepares statements, and the pool does not keep track of them",
        "In transaction and statement mode, each transaction may run on another server connection. The driver gave a statement a name there which an earlier client had already used on that connection.",
        pasted.Pool is { KeepsSession: true } pool
            ? $"{pool.Name} is in session mode now, where this does not happen with a fresh connection. Look whether the app uses another pool."
            : "Test the pool on its page: it says whether prepared statements are tracked. Where they are, the driver needs no change.")
    {
        Changes = Advice.WithoutPreparedStatements,
    };

    [GeneratedRegex("""prepared statement ["'`]?[^\s"'`]*["'`]? already exists|\b42P05\b""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern();
}

/// <summary>A statement that was prepared on another server connection.</summary>
internal sealed partial class PreparedStatementMissing : KnownMessage
{
    public override int Order => 22;

    public override string Sample => "ERROR: prepared statement \"S_1\" does not exist";

    protected override Regex Words => Pattern();

    protected override Finding Explain(Match match, Pasted pasted) => new(
        Certainty.Certain,
        "The driver uses a statement that was prepared on another server connection",
        "In transaction and statement mode, each transaction may run on another server connection. What the driver prepared stayed behind on the one before.",
        "Test the pool on its page: it says whether prepared statements are tracked. SQL's own PREPARE and EXECUTE never are.")
    {
        Changes = Advice.WithoutPreparedStatements,
    };

    [GeneratedRegex("""prepared statement ["'`]?(?!PGBOUNCER_)[^\s"'`]*["'`]? does not exist|\b26000\b(?![\s\S]*PGBOUNCER_)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern();
}

/// <summary>PgBouncer's own name for a statement: somebody else of the pool threw it away.</summary>
internal sealed partial class TrackedStatementMissing : KnownMessage
{
    public override int Order => 21;

    public override string Sample => "ERROR: prepared statement \"PGBOUNCER_34\" does not exist";

    protected override Regex Words => Pattern();

    protected override Finding Explain(Match match, Pasted pasted) => new(
        Certainty.Certain,
        "Another client of this pool throws prepared statements away",
        "PGBOUNCER_ and a number is PgBouncer's own name for a statement that it keeps track of. In PgBouncer 1.21 a client that sends DEALLOCATE ALL or DISCARD ALL takes it away from everybody on that server connection. Who sees the error is not who causes it.",
        "Look at all apps of this pool, not only at this one: who sends DEALLOCATE ALL or DISCARD ALL? PgBouncer 1.22 and newer stand it.")
    {
        Changes =
        [
            new(Drivers.Npgsql, "Send no DISCARD ALL when a connection goes back.", "No Reset On Close=true"),
            new(Drivers.Prisma, "Take the setting out: with it, Prisma sends DEALLOCATE ALL before every query, and tracking makes it needless.", "pgbouncer=true"),
            new(Drivers.Psycopg, "psycopg 3 clears what it prepared after some commands; prepare nothing.", "psycopg.connect(url, prepare_threshold=None)"),
            new(Drivers.All, "Take your own DISCARD ALL and DEALLOCATE ALL out."),
        ],
    };

    [GeneratedRegex("""PGBOUNCER_\d+\\?["'`]? (?:does not exist|already exists)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern();
}

/// <summary>A cursor that did not outlive its transaction, or its server connection.</summary>
internal sealed partial class CursorMissing : KnownMessage
{
    public override int Order => 23;

    public override string Sample => "ERROR: cursor \"_django_curs_140_1\" does not exist";

    protected override Regex Words => Pattern();

    protected override Finding Explain(Match match, Pasted pasted) => new(
        Certainty.Likely,
        "A cursor was read after its transaction, on another server connection",
        "In transaction mode a cursor ends with its transaction; WITH HOLD does not help, because the next transaction may run elsewhere.",
        "Look whether the pool is in transaction or statement mode, and whether the cursor is read inside one transaction.")
    {
        Changes =
        [
            new(Drivers.Django, "At the top of the database's settings, not in OPTIONS.", "\"DISABLE_SERVER_SIDE_CURSORS\": True"),
            new(Drivers.Jdbc, "Read within one transaction.", "connection.setAutoCommit(false);"),
            new(Drivers.All, "Open, read and close the cursor inside one transaction, or use a pool in session mode."),
        ],
    };

    [GeneratedRegex("""(?:cursor|portal) ["'`][^"'`\r\n]*["'`] does not exist|\b34000\b""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern();
}
