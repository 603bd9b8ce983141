using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Portal.DigitalOcean.Wire;
using RestEase;

namespace Portal.DigitalOcean.Calls;

/// <summary>Reads answers with the generated serializers. Called for successes only, when their content is asked for.</summary>
internal sealed class WireJson : ResponseDeserializer
{
    public override T Deserialize<T>(string? content, HttpResponseMessage response, ResponseDeserializerInfo info)
    {
        if (typeof(T) == typeof(NoContent))
        {
            // 204 and nothing else: a gateway's friendly page comes with 200, and has deleted nothing.
            return response.StatusCode is HttpStatusCode.NoContent
                ? (T)(object)new NoContent()
                : throw new JsonException("The answer is not 204.");
        }

        var type = (JsonTypeInfo<T>)WireContext.Default.GetTypeInfo(typeof(T))!;
        return JsonSerializer.Deserialize(content ?? "", type) ?? throw new JsonException("The answer is null.");
    }
}
