using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Portal.IntegrationTests.Secrets;

/// <summary>Secrets to be searched for, in every form in which something that is written may hold one.</summary>
internal sealed class Canaries(IEnumerable<string> secrets)
{
    private readonly HashSet<string> _secrets = [.. secrets];

    public int Count => _secrets.Count;

    public void Add(IEnumerable<string> secrets) => _secrets.UnionWith(secrets);

    /// <summary>How many of them a text holds. Never which: the message of a failed test must not be the leak.</summary>
    /// <param name="text">Bytes as Latin-1 has them, or the text itself.</param>
    public int In(string text) => _secrets.Count(secret => FormsOf(secret).Any(form => text.Contains(form, StringComparison.Ordinal)));

    private static IEnumerable<string> FormsOf(string secret) => new[]
    {
        secret,
        Uri.EscapeDataString(secret),
        Uri.EscapeDataString(secret).ToLowerInvariant(),
        WebUtility.UrlEncode(secret),
        WebUtility.HtmlEncode(secret),
        HtmlEncoder.Default.Encode(secret),
        JsonEncodedText.Encode(secret).ToString(),
        JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString(),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)).TrimEnd('='),
        Convert.ToHexStringLower(Encoding.UTF8.GetBytes(secret)),
        // As two bytes a character, in a text that was read byte by byte.
        Encoding.Latin1.GetString(Encoding.Unicode.GetBytes(secret)),
    }.Distinct(StringComparer.Ordinal);
}
