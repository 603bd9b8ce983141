using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Portal.Audit;

/// <summary>The last row of the chain at some moment, as it was written down outside of the database.</summary>
internal sealed record RecordHead(long Sequence, byte[] Hash, DateTimeOffset At)
{
    /// <summary>One line, without its end: <c>{"seq":7,"hash":"…","at":"…"}</c>.</summary>
    public byte[] ToLine()
    {
        var bytes = new ArrayBufferWriter<byte>(160);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("seq", Sequence);
            json.WriteString("hash", Convert.ToHexStringLower(Hash));
            json.WriteString("at", At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Null when the line is none: cut off, or something else's.</summary>
    public static RecordHead? Read(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            return root.ValueKind is JsonValueKind.Object
                && root.TryGetProperty("seq", out var sequence) && sequence.TryGetInt64(out var number) && number > 0
                && root.TryGetProperty("hash", out var hash) && hash.GetString() is { Length: 2 * AuditChain.HashBytes } text
                && root.TryGetProperty("at", out var at) && at.TryGetDateTimeOffset(out var moment)
                ? new RecordHead(number, Convert.FromHexString(text), moment)
                : null;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The heads of a file, by number. Lines of others are left out: a collector of logs keeps many things together.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<SortedDictionary<long, RecordHead>> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        var heads = new SortedDictionary<long, RecordHead>();
        await foreach (var line in File.ReadLinesAsync(path, cancellationToken))
        {
            if (Read(line) is { } head)
            {
                // The first is the one that was written when the row was new.
                heads.TryAdd(head.Sequence, head);
            }
        }

        return heads;
    }
}
