namespace Portal.Access;

/// <summary>From which address somebody speaks: the other end of the connection, or who a proxy that <c>Access:Proxies</c> names says it is.</summary>
/// <remarks>For the record and for lists that people read. Nothing is decided by it.</remarks>
internal static class WhoIsThere
{
    /// <summary>For example <c>203.0.113.7</c>; null on a socket that has no addresses.</summary>
    public static string? AddressOf(HttpContext context) => context.Connection.RemoteIpAddress switch
    {
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        var address => address?.ToString(),
    };
}
