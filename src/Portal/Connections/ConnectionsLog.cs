namespace Portal.Connections;

internal static partial class ConnectionsLog
{
    [LoggerMessage(5000, LogLevel.Error, "\"{Action}\" for pool {Pool} of cluster {Cluster} could not be recorded; nothing is handed out.")]
    public static partial void NotRecorded(this ILogger logger, Exception exception, string action, string pool, Guid cluster);

    [LoggerMessage(5001, LogLevel.Information, "The connection of pool {Pool} of cluster {Cluster} was not handed out: {Reason} (DigitalOcean request {RequestId}).")]
    public static partial void NotHandedOut(this ILogger logger, string pool, Guid cluster, string reason, string? requestId);

    [LoggerMessage(5002, LogLevel.Information, "Pool {Pool} of cluster {Cluster} was tested: {Result}")]
    public static partial void Probed(this ILogger logger, string pool, Guid cluster, string result);
}
