using System.Text.Json;
using System.Threading.RateLimiting;

namespace Portal.Shell;

/// <summary>Takes what browsers report about the content security policy, in both formats, and puts it into the log. Anybody may send it, so it is small and rare.</summary>
/// <seealso href="https://www.w3.org/TR/CSP3/#reporting"/>
internal sealed class PolicyReports(ILogger<PolicyReports> logger) : IDisposable
{
    private const int MaxBytes = 16 * 1024;
    private const int MaxReports = 10;

    private readonly TokenBucketRateLimiter _limiter = new(new TokenBucketRateLimiterOptions
    {
        TokenLimit = 30,
        TokensPerPeriod = 30,
        ReplenishmentPeriod = TimeSpan.FromMinutes(1),
        QueueLimit = 0,
    });

    public async Task<IResult> TakeAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var permit = _limiter.AttemptAcquire();
        if (!permit.IsAcquired)
        {
            return Results.StatusCode(StatusCodes.Status429TooManyRequests);
        }

        if (request.ContentLength is null or > MaxBytes)
        {
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, new JsonDocumentOptions { MaxDepth = 8 }, cancellationToken);
            foreach (var report in Reports(document.RootElement).Take(MaxReports))
            {
                Log(report);
            }
        }
        catch (JsonException)
        {
            return Results.BadRequest();
        }

        return Results.NoContent();
    }

    public void Dispose() => _limiter.Dispose();

    // application/csp-report is one object, { "csp-report": {...} }; application/reports+json a list, [{ "type": "csp-violation", "body": {...} }].
    private static IEnumerable<JsonElement> Reports(JsonElement root) => root.ValueKind switch
    {
        JsonValueKind.Object when root.TryGetProperty("csp-report", out var report) => [report],
        JsonValueKind.Array => root.EnumerateArray()
            .Where(item => item.ValueKind is JsonValueKind.Object && item.TryGetProperty("body", out _))
            .Select(item => item.GetProperty("body")),
        _ => [],
    };

    private void Log(JsonElement report)
    {
        if (report.ValueKind is not JsonValueKind.Object)
        {
            return;
        }

        logger.PolicyViolated(
            Text(report, "effective-directive", "effectiveDirective"),
            Text(report, "blocked-uri", "blockedURL"),
            Text(report, "document-uri", "documentURL"),
            Text(report, "source-file", "sourceFile"),
            Number(report, "line-number", "lineNumber"));
    }

    private static string Text(JsonElement report, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (report.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String)
            {
                return LogText.Of(value.GetString());
            }
        }

        return "-";
    }

    private static int Number(JsonElement report, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (report.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var number))
            {
                return number;
            }
        }

        return 0;
    }
}
