namespace Portal.Audit;

/// <summary>Ids 2200 to 2299.</summary>
internal static partial class AuditAlarms
{
    [LoggerMessage(2200, LogLevel.Critical, "The record contradicts a head that lies outside of the database: {What} No more heads are written. Look into it before you move the file of the heads away.")]
    public static partial void HeadContradicted(this ILogger logger, string what);

    [LoggerMessage(2201, LogLevel.Error, "The head of the record, row {Row}, cannot be written outside of the database. It is tried again every second.")]
    public static partial void HeadNotWritten(this ILogger logger, Exception exception, long row);

    [LoggerMessage(2202, LogLevel.Information, "Heads of the record are written outside again, up to row {Row}.")]
    public static partial void HeadsWrittenAgain(this ILogger logger, long row);

    [LoggerMessage(2210, LogLevel.Critical, "The record does not hold: {What}")]
    public static partial void RecordBroken(this ILogger logger, string what);

    [LoggerMessage(2211, LogLevel.Warning, "The record could not be verified; it is tried again.")]
    public static partial void NotVerified(this ILogger logger, Exception exception);

    [LoggerMessage(2212, LogLevel.Information, "Checkpoint: rows up to {Row} are signed with the key {Key}.")]
    public static partial void CheckpointMade(this ILogger logger, long row, string key);

    [LoggerMessage(2213, LogLevel.Warning, "A checkpoint is due and was not made: {Why}")]
    public static partial void CheckpointNotMade(this ILogger logger, string why);

    [LoggerMessage(2220, LogLevel.Error, "The start of the portal could not be recorded.")]
    public static partial void StartNotRecorded(this ILogger logger, Exception exception);
}
