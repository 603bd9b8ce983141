using System.Net.Http.Headers;
using System.Text.Json;
using Portal.DigitalOcean.Wire;

namespace Portal.DigitalOcean.Calls;

/// <summary>From an answer that is not a success to a failure.</summary>
internal static class FailureReader
{
    private const int LongestMessage = 300;
    private const int LongestId = 100;

    public static ApiFailureKind KindOf(int status) => status switch
    {
        401 => ApiFailureKind.Unauthorized,
        403 => ApiFailureKind.Forbidden,
        404 => ApiFailureKind.NotFound,
        // A gateway gave up waiting for the request, or for what it passed on: nobody knows how far it came.
        408 => ApiFailureKind.Unknown,
        409 => ApiFailureKind.Conflict,
        412 => ApiFailureKind.NotReady,
        429 => ApiFailureKind.Throttled,
        // Redirections are not followed: with the token they would go wherever the answer says.
        >= 300 and < 500 => ApiFailureKind.Rejected,
        _ => ApiFailureKind.Unknown,
    };

    public static ApiFailure Read(AnswerHead head, HttpContent content, string? body)
    {
        var kind = KindOf(head.Status);
        var error = ErrorOf(body);
        return new ApiFailure
        {
            Kind = kind,
            Status = head.Status,
            Id = ShortText.Of(error?.Id, LongestId),
            Message = ShortText.Of(error?.Message, LongestMessage),
            RequestId = ShortText.Of(error?.RequestId, LongestId) ?? head.RequestId,
            RetryAt = head.RetryAfter ?? (kind is ApiFailureKind.Throttled ? head.RateLimit?.ResetAt : null),
            Detail = DetailOf(head, content, error, body),
        };
    }

    /// <summary>A success whose body is not what was promised.</summary>
    public static ApiFailure InvalidSuccess(AnswerHead head, string why) => new()
    {
        Kind = ApiFailureKind.Unknown,
        Status = head.Status,
        RequestId = head.RequestId,
        Detail = why,
    };

    /// <summary>No answer at all.</summary>
    public static ApiFailure NoAnswer(bool isCertainlyNotSent, string why) => new()
    {
        Kind = isCertainlyNotSent ? ApiFailureKind.NotSent : ApiFailureKind.Unknown,
        Detail = why,
    };

    private static WireError? ErrorOf(string? body)
    {
        if (string.IsNullOrWhiteSpace(body))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(body, WireContext.Default.WireError);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? DetailOf(AnswerHead head, HttpContent content, WireError? error, string? body)
    {
        if (head.Status is >= 300 and < 400)
        {
            return "a redirection, which is not followed";
        }

        return error switch
        {
            { Message: not null } or { Id: not null } => null,
            _ when content is LostContent lost => lost.Reason,
            _ when string.IsNullOrWhiteSpace(body) => "the answer was empty",
            _ => IsHtml(content.Headers.ContentType) ? "the answer was an HTML page" : "the answer was not an error of DigitalOcean's API",
        };
    }

    private static bool IsHtml(MediaTypeHeaderValue? type) =>
        string.Equals(type?.MediaType, "text/html", StringComparison.OrdinalIgnoreCase);
}
