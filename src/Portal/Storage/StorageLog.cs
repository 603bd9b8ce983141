namespace Portal.Storage;

/// <summary>Ids 2300 to 2399.</summary>
internal static partial class StorageLog
{
    [LoggerMessage(2300, LogLevel.Information, "Hears the other portals on this database.")]
    public static partial void LineIsUp(this ILogger logger);

    [LoggerMessage(2301, LogLevel.Warning, "Does not hear the other portals on this database, and tries again in a second: {Reason}")]
    public static partial void LineIsDown(this ILogger logger, string reason);

    [LoggerMessage(2302, LogLevel.Warning, "The other portals were not told of {Count} things, which is tried again in a second; until then their pages show them late: {Reason}")]
    public static partial void WordsNotSaid(this ILogger logger, int count, string reason);

    [LoggerMessage(2304, LogLevel.Warning, "The database refuses {Count} things that the other portals were to be told, so their pages show them up to a minute late: {Reason}")]
    public static partial void WordsRefused(this ILogger logger, int count, string reason);

    [LoggerMessage(2303, LogLevel.Information, "Reads the inventory for all portals on this database from now on.")]
    public static partial void IsFirst(this ILogger logger);
}
