namespace Portal.Changes;

internal static partial class ChangesLog
{
    [LoggerMessage(4000, LogLevel.Information, "Change {Change} is now {State}.")]
    public static partial void ChangeTurned(this ILogger logger, long change, string state);

    [LoggerMessage(4001, LogLevel.Information, "Change {Change} belongs to somebody else now.")]
    public static partial void LeaseLost(this ILogger logger, long change);

    [LoggerMessage(4002, LogLevel.Error, "What became of change {Change} could not be written down; it is read back when its lease has run out.")]
    public static partial void ChangeNotWritten(this ILogger logger, Exception exception, long change);

    [LoggerMessage(4003, LogLevel.Error, "The portal's database cannot be used; changes wait.")]
    public static partial void RunnerInTrouble(this ILogger logger, Exception exception);

    [LoggerMessage(4005, LogLevel.Error, "The portal's database cannot be used; reminders and expiries of reviews wait.")]
    public static partial void DeadlinesNotKept(this ILogger logger, Exception exception);

    [LoggerMessage(4004, LogLevel.Warning, "The connection of change {Change} was not tested: {Reason}")]
    public static partial void ConnectionNotTested(this ILogger logger, long change, string reason);
}
