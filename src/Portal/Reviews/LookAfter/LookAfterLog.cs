namespace Portal.Reviews.LookAfter;

internal static partial class LookAfterLog
{
    [LoggerMessage(1350, LogLevel.Error, "What has become due could not be written down; the portal tries again.")]
    public static partial void LookAfterInTrouble(this ILogger logger, Exception exception);
}
