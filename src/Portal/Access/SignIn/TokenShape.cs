using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Portal.Access;

/// <summary>Whether a signed token is written so that everybody who reads it reads the same.</summary>
/// <remarks>
/// Looked at before its signature. The library takes the last of two members of one name, and makes something of a claim of another type;
/// here such a token is none. Specification: RFC 7515, 7519 and 8725.
/// </remarks>
internal static class TokenShape
{
    /// <summary>In characters. A token with some thousand groups has fewer.</summary>
    public const int LongestToken = 64 * 1024;

    private const int Deepest = 16;

    // 9999-12-31, the last that the framework can say.
    private const long LastSecond = 253402300799;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = Deepest };
    private static readonly UTF8Encoding StrictText = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // Extensions that would change how the rest is read; the portal knows none.
    private static readonly string[] Extensions = ["crit", "b64", "zip"];
    private static readonly string[] Texts = ["iss", "sub", "nonce", "azp", "at_hash", "sid", "jti", "tid", "oid", "ver"];
    private static readonly string[] Times = ["exp", "iat", "nbf", "auth_time"];

    /// <summary>What is wrong with it, for the log; null when nothing is. Quotes nothing of the token.</summary>
    public static string? WhyNot(string token)
    {
        if (token.Length > LongestToken)
        {
            return "The token is too long.";
        }

        // The decoder would take padding and spaces: several texts for one token.
        if (!token.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
        {
            return "The token has letters that no token has.";
        }

        if (token.Split('.') is not [var header, var claims, { Length: > 0 }])
        {
            return "The token does not have the three parts of a signed one.";
        }

        return WhyNot(header, WhyNotHeader) ?? WhyNot(claims, WhyNotClaims);
    }

    private static string? WhyNot(string part, Func<JsonElement, string?> look)
    {
        try
        {
            var bytes = Base64Url.DecodeFromChars(part);
            using var json = JsonDocument.Parse(StrictText.GetString(bytes), Strict);
            return json.RootElement.ValueKind is JsonValueKind.Object ? look(json.RootElement) : "A part of the token is not a JSON object.";
        }
        catch (Exception exception) when (exception is JsonException or FormatException or ArgumentException or InvalidOperationException)
        {
            return $"A part of the token cannot be read ({exception.GetType().Name}).";
        }
    }

    private static string? WhyNotHeader(JsonElement header) =>
        Extensions.FirstOrDefault(name => header.TryGetProperty(name, out _)) is { } extension
            ? $"The token's header has {extension}, an extension that the portal does not know."
            : null;

    private static string? WhyNotClaims(JsonElement claims)
    {
        if (Texts.FirstOrDefault(name => claims.TryGetProperty(name, out var value) && !IsText(value)) is { } text)
        {
            return $"The token's {text} is not text.";
        }

        if (Times.FirstOrDefault(name => claims.TryGetProperty(name, out var value) && !IsTime(value)) is { } time)
        {
            return $"The token's {time} is not a time in whole seconds.";
        }

        var isAudience = !claims.TryGetProperty("aud", out var audience)
            || IsText(audience)
            || (audience.ValueKind is JsonValueKind.Array && audience.EnumerateArray().All(IsText));
        return isAudience ? null : "The token's aud is neither text nor a list of texts.";
    }

    // To get the text is to find half of a surrogate pair.
    private static bool IsText(JsonElement value) => value.ValueKind is JsonValueKind.String && !value.GetString()!.Any(char.IsControl);

    private static bool IsTime(JsonElement value) =>
        value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var seconds) && seconds is > 0 and <= LastSecond;
}
