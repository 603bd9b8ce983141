using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portal.DigitalOcean;

/// <summary>A value that must never be seen by accident: an API token, a database user's password, a client secret.</summary>
/// <remarks>
/// Printing it gives <c>***</c>, writing it as JSON throws, and the one way to the text is <see cref="Reveal"/>,
/// so that every place where a secret leaves its wrapping can be found by searching for that word.
/// </remarks>
[DebuggerDisplay("***")]
[JsonConverter(typeof(SecretJsonConverter))]
public sealed class Secret(string value) : IEquatable<Secret>
{
    /// <summary>The text itself.</summary>
    public string Reveal() => value;

    public bool Equals(Secret? other) => other is not null && string.Equals(value, other.Reveal(), StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as Secret);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(value);

    public override string ToString() => "***";

    // Not private: the generated serializers, too, must be able to make one.
    internal sealed class SecretJsonConverter : JsonConverter<Secret>
    {
        public override Secret? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetString() is { } text ? new Secret(text) : null;

        public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) =>
            throw new NotSupportedException("A secret is not written as JSON.");
    }
}
