using System.Text.RegularExpressions;

namespace Portal.Shell;

/// <summary>
/// While portals are replaced one after the other, a page of one version may ask a portal of another for its style sheets and scripts. Their
/// addresses carry a fingerprint, which only their own version knows; the other one sends the browser to what it has in their place.
/// </summary>
internal static partial class AssetsOfOtherVersions
{
    private static readonly string[] Folders = ["js", "_framework"];

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        foreach (var folder in Folders)
        {
            endpoints.MapGet($"/{folder}/{{**file}}", IResult (string? file) => Fingerprinted().Match(file ?? "") is { Success: true } match
                ? TypedResults.LocalRedirect($"~/{folder}/{match.Groups["name"].ValueSpan}{match.Groups["kind"].ValueSpan}")
                : TypedResults.NotFound()).AllowAnonymous();
        }
    }

    // As the SDK writes it: ten characters before the ending.
    [GeneratedRegex(@"^(?<name>[\w./-]+)\.[a-z0-9]{10}(?<kind>\.(css|js|svg))$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Fingerprinted();
}
