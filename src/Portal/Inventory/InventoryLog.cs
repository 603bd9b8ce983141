namespace Portal.Inventory;

internal static partial class InventoryLog
{
    [LoggerMessage(3000, LogLevel.Warning, "The inventory was not refreshed: {Reason}")]
    public static partial void InventoryNotRefreshed(this ILogger logger, string reason);
}
