using Microsoft.AspNetCore.StaticAssets;

namespace Portal.Access;

/// <summary>What kind of request somebody came with.</summary>
internal static class DoorRequests
{
    /// <summary>Somebody opens a page, so that a redirect to the sign-in makes sense. Everything else is answered with a status.</summary>
    public static bool IsPage(HttpRequest request)
    {
        if (!HttpMethods.IsGet(request.Method) || IsMachinery(request.Path))
        {
            return false;
        }

        var accept = request.Headers.Accept.ToString();
        var mode = request.Headers["Sec-Fetch-Mode"].ToString();
        if (mode.Length > 0)
        {
            // Blazor follows links by fetch, and goes there as a page when it is led away from the portal.
            return mode is "navigate" || accept.Contains("blazor-enhanced-nav=on", StringComparison.Ordinal);
        }

        return request.Headers.XRequestedWith.Count == 0
            && (accept.Length == 0 || accept.Contains("text/html", StringComparison.OrdinalIgnoreCase) || accept.Contains("*/*", StringComparison.Ordinal));
    }

    /// <summary>The person did it: not the page's own traffic, and nothing that a browser fetches by itself.</summary>
    public static bool IsActivity(HttpContext context) =>
        !IsMachinery(context.Request.Path) && context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is null;

    private static bool IsMachinery(PathString path) =>
        path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase)
            || path.StartsWithSegments("/_framework", StringComparison.OrdinalIgnoreCase)
            || path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase)
            || path.StartsWithSegments("/csp-report", StringComparison.OrdinalIgnoreCase);
}
