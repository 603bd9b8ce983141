using System.Text.Json;
using System.Text.Json.Serialization;
using Portal.DigitalOcean;

namespace Portal.Changes;

/// <summary>The fields that a person saw, as they are kept with the change.</summary>
internal static class StoredFields
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public static string Write(PoolFields fields) => JsonSerializer.Serialize(fields, Options);

    public static PoolFields? Read(string? text) => text is null ? null : JsonSerializer.Deserialize<PoolFields>(text, Options);
}
