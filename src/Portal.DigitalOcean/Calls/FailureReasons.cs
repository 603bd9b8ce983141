using System.Net.Sockets;

namespace Portal.DigitalOcean.Calls;

/// <summary>Words for what happened on the network. Messages of exceptions are not quoted: what is in them is not in our hands.</summary>
internal static class FailureReasons
{
    public const string ConnectTimeout = "connecting took too long";
    public const string TimeoutBeforeSending = "time ran out before the request was sent";
    public const string BreakerOpen = "its last answers failed, so it is left alone for a while";
    public const string TooManyAtOnce = "too many calls at once";
    public const string TimeoutAfterSending = "no answer in time";

    public static string Of(Exception exception) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "the host's name could not be resolved",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "TLS failed",
        HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } => "the proxy refused the connection",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError, InnerException: SocketException socket } => Of(socket),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "no connection",
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => "the answer was too large",
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } => "the answer was not HTTP",
        HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } => "the connection closed before the answer was complete",
        HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } => "the connection closed before the answer was complete",
        _ => exception.GetBaseException() is SocketException socket ? Of(socket) : "the connection was lost",
    };

    /// <summary>Whether the error can only come up before a request is written.</summary>
    public static bool IsBeforeSending(Exception exception) => exception is HttpRequestException
    {
        HttpRequestError: HttpRequestError.NameResolutionError
            or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError
            or HttpRequestError.ProxyTunnelError,
    };

    private static string Of(SocketException exception) => exception.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "connection refused",
        SocketError.ConnectionReset => "connection reset",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => "the host cannot be reached",
        SocketError.TimedOut => "connecting took too long",
        _ => "the connection was lost",
    };
}
