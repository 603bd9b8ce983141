using System.Text.RegularExpressions;

namespace Portal.Changes;

/// <summary>What people write in their own words is kept for ever, shown to others and sent on; so it must not hold a password or a token.</summary>
/// <remarks>It finds what people paste by mistake, not what somebody hides on purpose.</remarks>
internal static partial class FreeText
{
    /// <summary>Why this text is not taken, as a mistake says it; null when it looks harmless.</summary>
    /// <param name="label">The field's label, for example <c>Reason</c>.</param>
    public static string? WhyNot(string label, string? text) =>
        text is not null && LooksSecret().IsMatch(text)
            ? $"{label} must not contain a password, a token or a connection string: it is kept and shown to others. Take it out"
            : null;

    // In this order: an address with a password, a password of DigitalOcean's, its tokens, a vault's, GitHub's and AWS's, what follows the word
    // password, a signed web token, a private key. Without backtracking, because it reads what anybody types.
    [GeneratedRegex(
        """
        [a-z][a-z0-9+.-]*://[^\s/@:]*:[^\s/@]+@
        | AVNS_[A-Za-z0-9_-]{4,}
        | \bdo[oprt]_v1_[A-Za-z0-9_-]{4,}
        | \bhv[sbr]\.[A-Za-z0-9_-]{8,}
        | \bgh[pousr]_[A-Za-z0-9]{16,} | \bAKIA[A-Z0-9]{16}\b
        | \b(?:PG)?(?:password|passwd|passwort|pwd|secret|token|api[_-]?key)["']?\s*[=:]\s*\S
        | \beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}
        | -----BEGIN\ [A-Z ]*PRIVATE\ KEY
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex LooksSecret();
}
