namespace Portal.Inventory;

internal static partial class InventoryLog
{
    [LoggerMessage(3000, LogLevel.Warning, "The inventory was not refreshed: {Reason}")]
    public static partial void InventoryNotRefreshed(this ILogger logger, string reason);

    [LoggerMessage(3001, LogLevel.Warning, "The lists in memory could not be loaded from the database; it is tried again within a minute.")]
    public static partial void BoardNotLoaded(this ILogger logger, Exception exception);

    [LoggerMessage(3002, LogLevel.Error, "What was read from DigitalOcean could not be summed up in the record; it is missing there.")]
    public static partial void ReadsNotRecorded(this ILogger logger, Exception exception);

    [LoggerMessage(3003, LogLevel.Warning, "The scopes of the API tokens are not what the portal needs. {Trouble}")]
    public static partial void ScopesMissing(this ILogger logger, string trouble);
}
