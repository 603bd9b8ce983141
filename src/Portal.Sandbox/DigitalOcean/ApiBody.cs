using System.Text.Json;

namespace Portal.Sandbox.DigitalOcean;

/// <summary>The body of a request, field by field, so that a missing one, a null and a wrong type stay three things.</summary>
internal sealed class ApiBody(JsonElement root)
{
    public static async Task<(ApiBody? Body, ApiProblem? Problem)> ReadAsync(HttpRequest request)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? (new ApiBody(document.RootElement.Clone()), null)
                : (null, ApiProblem.BadRequest("The request body must be a JSON object."));
        }
        catch (JsonException)
        {
            return (null, ApiProblem.BadRequest("The request body could not be parsed as JSON."));
        }
    }

    public ApiProblem? Text(string name, bool isRequired, out string value)
    {
        value = "";
        if (!root.TryGetProperty(name, out var property))
        {
            return isRequired ? ApiProblem.Unprocessable($"{name} is required") : null;
        }

        if (property.ValueKind != JsonValueKind.String)
        {
            // The specification has a string that is not nullable: null is refused like any other type.
            return ApiProblem.Unprocessable($"{name} must be a string");
        }

        value = property.GetString()!;
        return null;
    }

    public ApiProblem? Int32(string name, out int value)
    {
        value = 0;
        if (!root.TryGetProperty(name, out var property))
        {
            return ApiProblem.Unprocessable($"{name} is required");
        }

        return property.ValueKind == JsonValueKind.Number && property.TryGetInt32(out value)
            ? null
            : ApiProblem.Unprocessable($"{name} must be an integer");
    }
}
