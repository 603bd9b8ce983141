using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portal.DigitalOcean.Calls;

/// <summary>Whether there is a text that is not empty; the text itself is passed over.</summary>
internal sealed class IsThereConverter : JsonConverter<bool>
{
    public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var isThere = reader.TokenType is JsonTokenType.String && (reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length) > 0;
        reader.Skip();
        return isThere;
    }

    public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) => throw new NotSupportedException("Only read.");
}
