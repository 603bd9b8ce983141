using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Portal.Connections;
using Portal.DigitalOcean;

namespace Portal.Changes.AsCode;

/// <summary>How a value stands in each language, whatever is in it: PostgreSQL allows any character but NUL in a name.</summary>
internal static class Literal
{
    private static readonly JsonSerializerOptions Compact = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // it stands in a shell or a program, not in a page
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>A word of a POSIX shell, in quotes where it needs them.</summary>
    public static string Shell(string value) =>
        value.Length > 0 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or ':') ? value : Escape.Shell(value);

    public static string Python(string value) => Quoted(value, "\\x{0:x2}");

    /// <summary>A text of Terraform's language, where a dollar or a percent sign before a brace would begin an expression.</summary>
    /// <seealso href="https://developer.hashicorp.com/terraform/language/expressions/strings"/>
    public static string Hcl(string value) => Quoted(value, "\\u{0:x4}")
        .Replace("${", "$${", StringComparison.Ordinal)
        .Replace("%{", "%%{", StringComparison.Ordinal);

    /// <summary>A name of Terraform's, made of a pool's.</summary>
    public static string HclName(string value)
    {
        var name = new string([.. value.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_')]);
        return char.IsAsciiLetter(name.FirstOrDefault()) ? name : $"pool_{name}";
    }

    /// <summary>The body of a call. An inbound-user pool has no user in it.</summary>
    public static string Body(CodeRequest request) => JsonSerializer.Serialize(
        new Fields(
            request.Kind is CodeKind.Create ? request.Pool : null,
            request.After.Mode.ToApiText(),
            request.After.Size,
            request.After.Database,
            request.After.User),
        Compact);

    public static string PoolPath(CodeRequest request) => $"{PoolsPath(request)}/{Uri.EscapeDataString(request.Pool)}";

    public static string PoolsPath(CodeRequest request) => $"https://api.digitalocean.com/v2/databases/{request.ClusterId:D}/pools";

    /// <summary>A comment of one line, whatever the name holds.</summary>
    public static string Comment(string text) => new([.. text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)]);

    private static string Quoted(string value, string control)
    {
        var text = new StringBuilder("\"");
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' or '\\' => text.Append('\\').Append(c),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                _ when char.IsControl(c) => text.AppendFormat(CultureInfo.InvariantCulture, control, (int)c),
                _ => text.Append(c),
            };
        }

        return text.Append('"').ToString();
    }

    private sealed record Fields(
        [property: JsonPropertyName("name")] string? Name,
        [property: JsonPropertyName("mode")] string Mode,
        [property: JsonPropertyName("size")] int Size,
        [property: JsonPropertyName("db")] string Database,
        [property: JsonPropertyName("user")] string? User);
}
