namespace Portal.Shell;

/// <summary>
/// Refuses circuits that a page of another origin asks for: browsers let any page open a WebSocket, with the cookies of the person who looks at it.
/// </summary>
/// <seealso href="https://owasp.org/www-project-application-security-verification-standard/">OWASP ASVS 5.0, 4.4.2</seealso>
internal sealed class SameOriginCircuits(RequestDelegate next, ILogger<SameOriginCircuits> logger)
{
    private static readonly PathString Hub = "/_blazor";

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!request.Path.StartsWithSegments(Hub, StringComparison.OrdinalIgnoreCase, out var rest) || IsAllowed(request.Headers.Origin.ToString(), request.Host, needsOrigin: !rest.HasValue))
        {
            return next(context);
        }

        logger.ForeignOrigin(LogText.Of(request.Path), LogText.Of(request.Headers.Origin.ToString()));
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    /// <summary>Whether an Origin header names the host and port that the request was sent to.</summary>
    /// <param name="needsOrigin">A browser sends one with every WebSocket; only the small requests beside it may come without.</param>
    public static bool IsAllowed(string origin, HostString host, bool needsOrigin)
    {
        if (origin.Length == 0)
        {
            return !needsOrigin;
        }

        // The scheme is not compared: behind a proxy that ends TLS the request itself is plain http, so a missing port means the origin's own default.
        return Uri.TryCreate(origin, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            && string.Equals(uri.Host, host.Host, StringComparison.OrdinalIgnoreCase)
            && (host.Port is { } port ? uri.Port == port : uri.IsDefaultPort);
    }
}
