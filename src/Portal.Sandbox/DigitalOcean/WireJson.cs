using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portal.Sandbox.DigitalOcean;

/// <summary>How the API speaks: snake case, and what it does not know, or the token may not see, is missing.</summary>
internal static class WireJson
{
    public static readonly JsonSerializerOptions Options = ReadOnly(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static IResult Ok<T>(T value, int status = StatusCodes.Status200OK) =>
        Results.Json(value, Options, Control.ErrorBody.Json, status);

    // Else the first two answers at the same moment would both set its resolver, and the second of them fail.
    private static JsonSerializerOptions ReadOnly(JsonSerializerOptions options)
    {
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
