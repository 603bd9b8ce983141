using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.Options;
using Portal.Access;

namespace Portal.Shell;

/// <summary>Gives every answer the headers that keep it where it belongs; also those of the error page, which begin anew.</summary>
internal sealed class SecurityHeaders(RequestDelegate next, SignOutOrigin signOutOrigin, IOptions<SignInOptions> signIn)
{
    private const string Permissions =
        "clipboard-write=(self), accelerometer=(), camera=(), clipboard-read=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), "
        + "magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()";

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(() => WriteAsync(context));
        return next(context);
    }

    private async Task WriteAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        // A browser would keep it for all of localhost, whatever else runs there.
        if (context.Request.IsHttps && !IsLoopback(context.Request.Host.Host))
        {
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        }

        if (context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null)
        {
            headers.ContentSecurityPolicy = ContentSecurityPolicy.ForAssets;
            return;
        }

        if (context.GetEndpoint()?.Metadata.GetMetadata<FramedByProvider>() is not null)
        {
            headers.ContentSecurityPolicy = ContentSecurityPolicy.ForFrameOf(FramedByProvider.OriginOf(signIn.Value));
            headers["Referrer-Policy"] = "no-referrer";
            headers.CacheControl = "no-store";
            return;
        }

        var origin = MayHoldForm(context.Response) ? await signOutOrigin.FindAsync(context.RequestAborted) : null;
        var reportAddress = context.Request.PathBase + ContentSecurityPolicy.ReportPath;
        headers.ContentSecurityPolicy = ContentSecurityPolicy.ForPages(ScriptNonce.Of(context).Value, origin, context.Request.IsHttps, reportAddress);
        headers["Reporting-Endpoints"] = $"{ContentSecurityPolicy.ReportGroup}=\"{reportAddress}\"";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = Permissions;
        headers.CacheControl = "no-store";
        // The framework's antiforgery says SAMEORIGIN, for browsers that do not know frame-ancestors.
        headers.XFrameOptions = "DENY";
    }

    private static bool MayHoldForm(HttpResponse response) =>
        response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true;

    private static bool IsLoopback(string host) => host is "localhost" or "127.0.0.1" or "[::1]";
}
