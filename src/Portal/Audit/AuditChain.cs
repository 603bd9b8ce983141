using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Portal.Audit;

/// <summary>The arithmetic of the chain: the bytes of a row, and the hash over them.</summary>
internal static class AuditChain
{
    public const int HashBytes = SHA256.HashSizeInBytes;

    private const string MomentFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    // Many rows are hashed one after the other, by a few threads.
    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Bytes, Utf8JsonWriter Json)? _pen;

    /// <summary>What stands in the place of the hash before the first row of all.</summary>
    public static byte[] Nothing => new byte[HashBytes];

    /// <param name="last">The hash of the row before, and its number; for the first row zeros and 0.</param>
    public static AuditRow Next((long Sequence, byte[] Hash) last, AuditEntry entry, DateTimeOffset now)
    {
        var row = new AuditRow
        {
            Sequence = last.Sequence + 1,
            At = ToMicroseconds(now),
            Action = entry.Action,
            ActorId = entry.Actor.Id,
            ActorName = entry.Actor.Name,
            ChangeId = entry.ChangeId,
            ClusterId = entry.ClusterId,
            Pool = entry.Pool,
            Details = Canonical(entry.Details),
            PreviousHash = last.Hash,
            Hash = [],
        };
        return row with { Hash = HashOf(row) };
    }

    /// <summary>Whether the row's hash is the one of what it says.</summary>
    public static bool Holds(AuditRow row) => row.Hash.AsSpan().SequenceEqual(HashOf(row));

    /// <summary>SHA-256 over the hash of the row before and the canonical bytes of this one.</summary>
    public static byte[] HashOf(AuditRow row)
    {
        var (bytes, json) = _pen ??= NewPen();
        bytes.ResetWrittenCount();
        bytes.Write(row.PreviousHash);
        json.Reset();
        json.WriteStartArray();
        json.WriteNumberValue(row.Sequence);
        Span<char> moment = stackalloc char[MomentFormat.Length];
        json.WriteStringValue(row.At.UtcDateTime.TryFormat(moment, out var length, MomentFormat, CultureInfo.InvariantCulture) ? moment[..length] : []);
        json.WriteStringValue(row.Action);
        json.WriteStringValue(row.ActorId);
        json.WriteStringValue(row.ActorName);
        WriteNumber(json, row.ChangeId);
        json.WriteStringValue(row.ClusterId?.ToString("D"));
        json.WriteStringValue(row.Pool);
        json.WriteStringValue(row.Details);
        json.WriteEndArray();
        json.Flush();
        return SHA256.HashData(bytes.WrittenSpan);
    }

    /// <summary>One text for one set of details: keys in order, nothing that is null.</summary>
    public static string Canonical(IReadOnlyDictionary<string, string?> details)
    {
        var sorted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in details)
        {
            if (value is not null)
            {
                sorted.Add(key, value);
            }
        }

        return JsonSerializer.Serialize(sorted);
    }

    private static (ArrayBufferWriter<byte> Bytes, Utf8JsonWriter Json) NewPen()
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        return (bytes, new Utf8JsonWriter(bytes));
    }

    private static void WriteNumber(Utf8JsonWriter json, long? number)
    {
        if (number is { } value)
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    // PostgreSQL keeps microseconds; a row must hash the same after it was read back.
    private static DateTimeOffset ToMicroseconds(DateTimeOffset moment) =>
        new(moment.UtcTicks - (moment.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
