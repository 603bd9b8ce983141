using System.Text.Encodings.Web;
using System.Text.Json;

namespace Portal.Changes.Notices;

/// <summary>What is sent: the names of its members are for programs, and stay.</summary>
/// <param name="Id">The number of the row of the record that it tells of: the same however often it is sent.</param>
/// <param name="Kind">For example <c>review-asked</c>.</param>
/// <param name="At">When it happened, in UTC.</param>
/// <param name="Who">Who did it; null when the portal itself did.</param>
/// <param name="Change">The number of the change; null when it is about none.</param>
/// <param name="For">The names of those who can or should do something about it, as far as they have ever signed in.</param>
/// <param name="Text">All of it as one or two sentences.</param>
/// <param name="Link">The page about it.</param>
internal sealed record NoticeBody(
    long Id,
    string Kind,
    DateTimeOffset At,
    string? Who,
    string? Team,
    string? Cluster,
    string? Pool,
    long? Change,
    IReadOnlyList<string> For,
    string Text,
    string Link)
{
    // Not for a page: names may have any letter, and are read in a chat.
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string ToJson() => JsonSerializer.Serialize(this, Form);

    public static NoticeBody Read(string json) => JsonSerializer.Deserialize<NoticeBody>(json, Form)!;

    /// <summary>What is posted, in the form that the receiver takes.</summary>
    public static string Written(string json, NoticeFormat format) => format switch
    {
        NoticeFormat.Slack => Slack(Read(json)),
        _ => json,
    };

    // https://docs.slack.dev/messaging/formatting-message-text: these three, and no others, have a meaning.
    private static string Slack(NoticeBody body)
    {
        var text = body.Text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
        return JsonSerializer.Serialize(new { text = $"{text} <{body.Link}|Open>" }, Form);
    }
}
