using Portal.Audit;
using Portal.DigitalOcean;

namespace Portal.Inventory;

/// <summary>
/// The calls to DigitalOcean that the next row of the record has to tell of: those that wrote something, or may have read a password. They
/// are noted on the way that makes them, whatever comes of them, so that no branch of it can forget one.
/// </summary>
internal static class CallNotes
{
    private static readonly AsyncLocal<List<ApiCall>?> Notes = new();

    /// <summary>From here on, in the method that calls this and in what it calls.</summary>
    public static void Begin() => Notes.Value = [];

    public static void Note(ApiCall call)
    {
        if (Notes.Value is { } notes && (call.Method != HttpMethod.Get.Method || call.Purpose is TokenPurpose.ViewCredentials))
        {
            lock (notes)
            {
                notes.Add(call);
            }
        }
    }

    /// <summary>The status of the last call that was noted and is in no row yet; null without one, and without an answer.</summary>
    public static int? LastStatus
    {
        get
        {
            if (Notes.Value is not { } notes)
            {
                return null;
            }

            lock (notes)
            {
                return notes.LastOrDefault()?.Status;
            }
        }
    }

    /// <summary>The entry with what was noted since the last one.</summary>
    public static AuditEntry WithCalls(this AuditEntry entry)
    {
        if (Notes.Value is not { } notes)
        {
            return entry;
        }

        lock (notes)
        {
            if (notes.Count == 0)
            {
                return entry;
            }

            var details = new Dictionary<string, string?>(entry.Details, StringComparer.Ordinal)
            {
                ["calls"] = string.Join(", ", notes.Select(call => $"{call.Operation} {call.Status?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "no answer"}")),
                ["requestId"] = string.Join(", ", notes.Select(call => call.RequestId).OfType<string>()) is { Length: > 0 } ids ? ids : entry.Details.GetValueOrDefault("requestId"),
                ["tokenVersion"] = string.Join(", ", notes.Select(call => call.TokenVersion).Distinct(StringComparer.Ordinal)),
            };
            notes.Clear();
            return entry with { Details = details };
        }
    }
}
