using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Portal.Tests.Configuration;

/// <summary>Writes <c>appsettings.schema.json</c>: what an editor shows and refuses while somebody writes settings.</summary>
internal static class SettingsSchema
{
    private const string Time = @"^(\d+\.)?\d{1,2}:\d{2}(:\d{2}(\.\d{1,7})?)?$";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(IEnumerable<Setting> sections) => new JsonObject
    {
        ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
        ["title"] = "Settings of Pool Portal",
        ["description"] = "Written by a test out of the code. Sections of the framework (Logging, Kestrel and others) are not described here.",
        ["type"] = "object",
        ["properties"] = new JsonObject(sections.Select(section => KeyValuePair.Create(section.Key, (JsonNode?)Of(section)))),
    }.ToJsonString(Readable) + "\n";

    private static JsonObject Of(Setting setting)
    {
        var schema = Form(setting);
        if (setting.Meaning.Length > 0)
        {
            schema["description"] = setting.Meaning;
        }

        if (setting is { Inner.Count: 0, DefaultText: { } text })
        {
            schema["default"] = setting.Kind == typeof(string) || setting.Kind == typeof(TimeSpan) || setting.Kind == typeof(Uri) || setting.Kind.IsEnum ? text : JsonNode.Parse(text);
        }

        if (setting is { IsList: false, Example: { } example } && setting.Kind == typeof(string))
        {
            schema["examples"] = new JsonArray(example);
        }

        return schema;
    }

    private static JsonObject Form(Setting setting) => setting switch
    {
        { IsList: true, Inner.Count: > 0 } => new() { ["type"] = "array", ["items"] = Section(setting) },
        { IsList: true } => new() { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } },
        { IsSection: true } => Section(setting),
        { Kind.IsEnum: true } => new() { ["enum"] = new JsonArray([.. Enum.GetNames(setting.Kind).Select(name => (JsonNode)name)]) },
        _ when setting.Kind == typeof(bool) => new() { ["type"] = "boolean" },
        _ when setting.Kind == typeof(TimeSpan) => new() { ["type"] = "string", ["pattern"] = Time },
        _ when setting.Kind == typeof(int) => Number("integer", setting),
        _ when setting.Kind == typeof(double) => Number("number", setting),
        _ when setting.Kind == typeof(Uri) => new() { ["type"] = "string", ["format"] = "uri" },
        _ => new() { ["type"] = new JsonArray("string", "null") },
    };

    private static JsonObject Section(Setting setting) => new()
    {
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject(setting.Inner.Select(inner => KeyValuePair.Create(inner.Name, (JsonNode?)Of(inner)))),
    };

    private static JsonObject Number(string type, Setting setting)
    {
        var schema = new JsonObject { ["type"] = setting.Kind == setting.Type ? type : new JsonArray(type, "null") };
        if (setting.Range is { } range)
        {
            schema["minimum"] = JsonNode.Parse(Convert.ToString(range.Minimum, CultureInfo.InvariantCulture)!);
            schema["maximum"] = JsonNode.Parse(Convert.ToString(range.Maximum, CultureInfo.InvariantCulture)!);
        }

        return schema;
    }
}
