namespace Portal.Access;

/// <summary>Ids 2000 to 2099.</summary>
internal static partial class AccessLog
{
    [LoggerMessage(2000, LogLevel.Information, "{Person} signed in.")]
    public static partial void SignedIn(this ILogger logger, string person);

    [LoggerMessage(2001, LogLevel.Warning, "A sign-in was refused ({Code}): {Detail}")]
    public static partial void SignInRefused(this ILogger logger, string code, string detail);

    [LoggerMessage(2002, LogLevel.Error, "A refused sign-in could not be recorded.")]
    public static partial void RefusalNotRecorded(this ILogger logger, Exception exception);

    [LoggerMessage(2003, LogLevel.Warning, "The sign-in provider is not to be had: {Failure}")]
    public static partial void ProviderNotRead(this ILogger logger, string failure);

    [LoggerMessage(2004, LogLevel.Error, "A refused action could not be recorded: {What}.")]
    public static partial void RefusedActionNotRecorded(this ILogger logger, Exception exception, string what);

    [LoggerMessage(2010, LogLevel.Information, "The session of {Person} ended: {Why}.")]
    public static partial void SessionEnded(this ILogger logger, string person, SessionEnd why);

    [LoggerMessage(2011, LogLevel.Error, "Sessions could not be looked through; it is tried again in a minute.")]
    public static partial void SweepFailed(this ILogger logger, Exception exception);

    [LoggerMessage(2012, LogLevel.Warning, "A person's activity could not be written.")]
    public static partial void ActivityNotWritten(this ILogger logger, Exception exception);

    [LoggerMessage(2013, LogLevel.Warning, "The provider's sign-out was refused: {Detail}")]
    public static partial void LogoutRefused(this ILogger logger, string detail);

    [LoggerMessage(2014, LogLevel.Error, "A session that the provider ended could not be ended here.")]
    public static partial void LogoutNotDone(this ILogger logger, Exception exception);

    [LoggerMessage(2020, LogLevel.Warning, "A form was refused: its antiforgery token is missing or not of this session.")]
    public static partial void FormRefused(this ILogger logger);
}
