namespace Portal.Pools.Fields;

/// <summary>Something that PostgreSQL keeps for a client from one transaction to the next, and a pool in transaction mode therefore cannot.</summary>
/// <param name="Key">What a draft remembers of it.</param>
/// <seealso href="https://www.pgbouncer.org/features.html"/>
internal sealed record SessionFeature(string Key, string Before, string Code, string After)
{
    /// <summary>The key of the answer that the app uses none of them.</summary>
    public const string None = "none";

    public static IReadOnlyList<SessionFeature> All { get; } =
    [
        new("set", "", "SET", " or RESET outside a transaction (SET LOCAL is fine)"),
        new("listen", "", "LISTEN", " for notifications (NOTIFY is fine)"),
        new("locks", "", "pg_advisory_lock", " (pg_advisory_xact_lock is fine)"),
        new("temporary", "", "CREATE TEMP TABLE", " for longer than one transaction"),
        new("hold", "cursors declared ", "WITH HOLD", ""),
        new("prepare", "", "PREPARE", " written in SQL (what a driver prepares is another matter)"),
        new("load", "", "LOAD", " of a library"),
    ];

    /// <summary>The answers after one box was ticked or cleared: none of them and some of them exclude each other.</summary>
    public static IReadOnlyList<string> Answer(IReadOnlyList<string> answers, string key, bool isTicked) => (key, isTicked) switch
    {
        (_, false) => [.. answers.Where(answer => answer != key)],
        (None, true) => [None],
        _ => [.. answers.Where(answer => answer != None && answer != key), key],
    };
}
