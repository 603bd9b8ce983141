namespace Portal.Shell;

internal static partial class ShellLog
{
    [LoggerMessage(1101, LogLevel.Error, "The page {Path} stopped working (reference {Reference}).")]
    public static partial void PageStopped(this ILogger logger, Exception exception, string path, string reference);

    [LoggerMessage(1102, LogLevel.Warning, "A browser reports a violation of the content security policy: {Directive} refused {Blocked} on {Document} ({Source}, line {Line}).")]
    public static partial void PolicyViolated(this ILogger logger, string directive, string blocked, string document, string source, int line);

    [LoggerMessage(1103, LogLevel.Warning, "A circuit was refused: the request for {Path} came from another origin, {Origin}, and from {From}.")]
    public static partial void ForeignOrigin(this ILogger logger, string path, string origin, string? from);

    [LoggerMessage(1104, LogLevel.Warning, "A page of {Person} stays without its circuit: {Count} are open already.")]
    public static partial void TooManyPages(this ILogger logger, string person, int count);

    [LoggerMessage(1105, LogLevel.Warning, "A page of {Person} cannot connect: its request for a WebSocket came without the upgrade. Something before the portal passes no WebSockets: see docs/operations.md, Proxies. Said at most every {Apart}.")]
    public static partial void NoWebSocket(this ILogger logger, string person, TimeSpan apart);
}
