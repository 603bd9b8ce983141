using System.Globalization;

namespace Portal.Shell;

/// <summary>What a page may load, run and send where.</summary>
/// <seealso href="https://www.w3.org/TR/CSP3/"/>
internal static class ContentSecurityPolicy
{
    public const string ReportPath = "/csp-report";

    /// <summary>The name of the reporting endpoint, as the header Reporting-Endpoints has it.</summary>
    public const string ReportGroup = "csp";

    /// <summary>For what is not a page. An image or a style sheet that is opened by itself runs nothing.</summary>
    public const string ForAssets = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>For what the provider opens in a frame of its own: it runs and shows nothing.</summary>
    public static string ForFrameOf(string provider) => $"default-src 'none'; frame-ancestors{OriginOf(provider)}";

    /// <param name="signOutOrigin">
    /// Where the sign-out form is redirected to, the provider's end-session endpoint; Chromium applies form-action to redirects. Null: nowhere else.
    /// </param>
    /// <param name="reportAddress"><see cref="ReportPath"/> with the path of the public address before it: a policy knows no base.</param>
    /// <remarks>
    /// base-uri is 'self' because Blazor needs a base element. No unsafe-inline, not even for style attributes: a component that writes
    /// them is not used here, and a browser test fails on the first report.
    /// </remarks>
    public static string ForPages(string nonce, string? signOutOrigin, bool isHttps, string reportAddress) => string.Join("; ",
    [
        "default-src 'none'",
        "base-uri 'self'",
        $"script-src 'self' 'nonce-{nonce}'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        $"form-action 'self'{OriginOf(signOutOrigin)}",
        "frame-ancestors 'none'",
        "object-src 'none'",
        .. isHttps ? ["upgrade-insecure-requests"] : Array.Empty<string>(),
        $"report-uri {reportAddress}",
        $"report-to {ReportGroup}",
    ]);

    // Only scheme, host and port, whatever was given: the rest of an address could carry a semicolon, and so a directive of its own.
    private static string? OriginOf(string? address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp))
        {
            return null;
        }

        // A header is ASCII, and of the two spellings of a host only this one keeps the brackets of IPv6.
        var host = uri.HostNameType is UriHostNameType.IPv6 ? uri.Host : uri.IdnHost;
        return string.Create(CultureInfo.InvariantCulture, $" {uri.Scheme}://{host}{(uri.IsDefaultPort ? "" : $":{uri.Port}")}");
    }
}
