using Portal.Access;

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
        if (!request.Path.StartsWithSegments(Hub, StringComparison.OrdinalIgnoreCase, out var rest) || IsAllowed(request.Headers.Origin.ToString(), request.Scheme, request.Host, needsOrigin: !rest.HasValue))
        {
            return next(context);
        }

        logger.ForeignOrigin(LogText.Of(request.Path), LogText.Of(request.Headers.Origin.ToString()), WhoIsThere.AddressOf(context));
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    /// <summary>Whether an Origin header names the scheme, host and port that the request was sent to. Behind a proxy these are those of <c>Access:PublicUrl</c>.</summary>
    /// <param name="needsOrigin">A browser sends one with every WebSocket; only the small requests beside it may come without.</param>
    public static bool IsAllowed(string origin, string scheme, HostString host, bool needsOrigin)
    {
        if (origin.Length == 0)
        {
            return !needsOrigin;
        }

        // The scheme as well: who can change a page on its way over plain http must not reach what is behind https.
        return Uri.TryCreate(origin, UriKind.Absolute, out var uri)
            && string.Equals(uri.Scheme, scheme, StringComparison.OrdinalIgnoreCase)
            && uri is { UserInfo: "", PathAndQuery: "/", Fragment: "" }
            && string.Equals(uri.Host, host.Host, StringComparison.OrdinalIgnoreCase)
            && (host.Port is { } port ? uri.Port == port : uri.IsDefaultPort);
    }
}
