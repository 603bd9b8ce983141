using System.IO.Enumeration;

namespace Portal.Access;

/// <summary>What patterns in the settings can speak of.</summary>
public sealed record ClusterIdentity(Guid Id, string Name, IReadOnlyList<string> Tags)
{
    private const string Tag = "tag:";

    /// <param name="pattern">A name in which <c>*</c> stands for any run of characters, an id, or <c>tag:NAME</c>.</param>
    public bool IsCoveredBy(string pattern) => pattern.StartsWith(Tag, StringComparison.Ordinal)
        ? Tags.Contains(pattern[Tag.Length..], StringComparer.Ordinal)
        : FileSystemName.MatchesSimpleExpression(pattern, Name, ignoreCase: false) || (Guid.TryParse(pattern, out var id) && id == Id);

    /// <summary>Whether it can be the pattern of a cluster at all.</summary>
    public static bool IsPattern(string pattern) => pattern.StartsWith(Tag, StringComparison.Ordinal)
        ? pattern.Length > Tag.Length && !pattern.AsSpan().ContainsAny('*', '?', ' ')
        : pattern.Length > 0 && pattern.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or '*');
}
