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

    [LoggerMessage(4006, LogLevel.Warning, "The portal stops while {Calls} calls to DigitalOcean are out; what came of them is read back at the next start.")]
    public static partial void CallsLeft(this ILogger logger, int calls);

    [LoggerMessage(4004, LogLevel.Warning, "The connection of change {Change} was not tested: {Reason}")]
    public static partial void ConnectionNotTested(this ILogger logger, long change, string reason);

    [LoggerMessage(4020, LogLevel.Information, "Change {Change} waits: changes are frozen.")]
    public static partial void ChangeHeld(this ILogger logger, long change);

    [LoggerMessage(4021, LogLevel.Warning, "{Person} froze changes of {What} until {Until:u}.")]
    public static partial void ChangesFrozen(this ILogger logger, string person, string what, DateTimeOffset until);

    [LoggerMessage(4022, LogLevel.Warning, "{Person} ended the freeze of {What}.")]
    public static partial void ChangesUnfrozen(this ILogger logger, string person, string what);

    [LoggerMessage(4030, LogLevel.Debug, "The notice of row {Row} was delivered at attempt {Attempt}.")]
    public static partial void NoticeDelivered(this ILogger logger, long row, int attempt);

    [LoggerMessage(4031, LogLevel.Warning, "The notice of row {Row} was not delivered at attempt {Attempt}: {Failure}")]
    public static partial void NoticeNotDelivered(this ILogger logger, long row, int attempt, string failure);

    [LoggerMessage(4032, LogLevel.Error, "The notice of row {Row} is given up; the admin page can send it again.")]
    public static partial void NoticeGivenUp(this ILogger logger, long row);

    [LoggerMessage(4033, LogLevel.Error, "Notices wait: the portal's database cannot be used.")]
    public static partial void NoticesInTrouble(this ILogger logger, Exception exception);
}
