using System.Text.Json;
using Portal.Sandbox.DigitalOcean;

namespace Portal.Sandbox.Control;

/// <summary>What an error looks like in the part of the sandbox that a call went to.</summary>
internal static class ErrorBody
{
    public const string Json = "application/json; charset=utf-8";

    public static async Task WriteAsync(HttpContext context, int status, Fault? fault = null)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = Json;
        await context.Response.Body.WriteAsync(Of(fault, context.Exchange(), status));
    }

    public static byte[] Of(Fault? fault, Exchange exchange, int defaultStatus)
    {
        if (fault?.Body is { } body)
        {
            return body.ValueKind == JsonValueKind.String
                ? System.Text.Encoding.UTF8.GetBytes(body.GetString()!)
                : JsonSerializer.SerializeToUtf8Bytes(body);
        }

        var status = fault?.Status ?? defaultStatus;
        if (exchange.IsVault)
        {
            return JsonSerializer.SerializeToUtf8Bytes(new { errors = new[] { $"sandbox fault {status}" } });
        }

        return exchange.IsSignIn
            ? JsonSerializer.SerializeToUtf8Bytes(new { error = status == 503 ? "temporarily_unavailable" : "server_error" })
            : JsonSerializer.SerializeToUtf8Bytes(ApiError.Default(status, exchange.RequestId), WireJson.Options);
    }
}
