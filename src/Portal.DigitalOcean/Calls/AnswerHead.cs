using System.Globalization;
using System.Net.Http.Headers;

namespace Portal.DigitalOcean.Calls;

/// <summary>What the headers of an answer say.</summary>
internal sealed record AnswerHead(int Status, string? RequestId, RateLimit? RateLimit, DateTimeOffset? RetryAfter)
{
    private const int LongestRequestId = 100;

    public static AnswerHead Of(HttpResponseMessage response, DateTimeOffset now) => new(
        (int)response.StatusCode,
        ShortText.Of(First(response.Headers, "x-request-id"), LongestRequestId),
        RateLimitOf(response.Headers),
        RetryAfterOf(response.Headers, now));

    private static RateLimit? RateLimitOf(HttpResponseHeaders headers)
    {
        var limit = Number(headers, "ratelimit-limit");
        var remaining = Number(headers, "ratelimit-remaining");
        var reset = Number(headers, "ratelimit-reset");
        return limit is null && remaining is null && reset is null
            ? null
            : new RateLimit(
                limit is null ? null : (int)Math.Min(limit.Value, int.MaxValue),
                remaining is null ? null : (int)Math.Min(remaining.Value, int.MaxValue),
                reset is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null);
    }

    /// <summary>RFC 9110, section 10.2.3: seconds or a date.</summary>
    private static DateTimeOffset? RetryAfterOf(HttpResponseHeaders headers, DateTimeOffset now)
    {
        if (Number(headers, "retry-after") is { } seconds)
        {
            return now.AddSeconds(seconds);
        }

        return DateTimeOffset.TryParseExact(
            First(headers, "retry-after"), "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? date
            : null;
    }

    /// <summary>A whole number. Its bound keeps every time that is made of it within the calendar.</summary>
    private static uint? Number(HttpResponseHeaders headers, string name) =>
        uint.TryParse(First(headers, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? First(HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}

/// <summary>Text from outside, made fit to be shown on one line.</summary>
internal static class ShortText
{
    /// <summary>Without control characters and at most so many characters; null when nothing is left.</summary>
    public static string? Of(string? text, int length)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var line = string.Concat(text.Take(length * 2).Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return line.Length <= length ? line : string.Concat(line.AsSpan(0, length - 1), "…");
    }
}
