using System.Text.Json;
using Portal.Audit;

namespace Portal.Records;

/// <summary>A row in words.</summary>
internal static class RecordWords
{
    private const int LongestNote = 160;

    // Of what a row may say, the first of these is what people look for.
    private static readonly IReadOnlyList<string> Notes = ["note", "why", "decision", "result", "happened", "changed", "reason", "until", "words", "what"];

    /// <summary>"Connection handed out".</summary>
    public static string What(AuditRow row) => $"{char.ToUpperInvariant(row.Action[0])}{row.Action[1..]}";

    public static string Who(AuditRow row) => row.ActorName ?? row.ActorId ?? "The portal";

    /// <summary>What it says besides; null when that is nothing that helps at a glance.</summary>
    public static string? Note(AuditRow row, IReadOnlyDictionary<string, string> details)
    {
        if (row.Action == AuditAction.SignedOut)
        {
            return null;
        }

        var note = Notes.Select(details.GetValueOrDefault).FirstOrDefault(text => !string.IsNullOrWhiteSpace(text));
        return note is { Length: > LongestNote } ? $"{note[..LongestNote]}…" : note;
    }

    /// <summary>The details by name; a row that somebody broke has its text as it is.</summary>
    public static IReadOnlyDictionary<string, string> Details(AuditRow row)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(row.Details) ?? [];
        }
        catch (JsonException)
        {
            return new Dictionary<string, string>(StringComparer.Ordinal) { ["text"] = row.Details };
        }
    }

    /// <summary>"request id" for <c>requestId</c>.</summary>
    public static string Label(string key) => string.Concat(key.Select(letter => char.IsAsciiLetterUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}"));
}
