using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Portal.Audit;

/// <summary>The arithmetic of the chain: the bytes of a row, the hash over them, and the check of a sequence of rows.</summary>
internal static class AuditChain
{
    public const int HashBytes = SHA256.HashSizeInBytes;

    public static AuditRow Next(AuditRow? last, AuditEntry entry, DateTimeOffset now)
    {
        var row = new AuditRow
        {
            Sequence = (last?.Sequence ?? 0) + 1,
            At = ToMicroseconds(now),
            Action = entry.Action,
            ActorId = entry.Actor.Id,
            ActorName = entry.Actor.Name,
            ChangeId = entry.ChangeId,
            ClusterId = entry.ClusterId,
            Pool = entry.Pool,
            Details = Canonical(entry.Details),
            PreviousHash = last?.Hash ?? new byte[HashBytes],
            Hash = [],
        };
        return row with { Hash = HashOf(row) };
    }

    /// <summary>The number of the first row that does not follow from the one before it, or null when all do.</summary>
    public static long? FirstBroken(IEnumerable<AuditRow> rows)
    {
        AuditRow? last = null;
        foreach (var row in rows)
        {
            var follows = row.Sequence == (last?.Sequence ?? 0) + 1
                && row.PreviousHash.AsSpan().SequenceEqual(last?.Hash ?? new byte[HashBytes])
                && row.Hash.AsSpan().SequenceEqual(HashOf(row));
            if (!follows)
            {
                return row.Sequence;
            }

            last = row;
        }

        return null;
    }

    private static byte[] HashOf(AuditRow row)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        bytes.Write(row.PreviousHash);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartArray();
            json.WriteNumberValue(row.Sequence);
            json.WriteStringValue(row.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
            json.WriteStringValue(row.Action);
            json.WriteStringValue(row.ActorId);
            json.WriteStringValue(row.ActorName);
            WriteNumber(json, row.ChangeId);
            json.WriteStringValue(row.ClusterId?.ToString("D"));
            json.WriteStringValue(row.Pool);
            json.WriteStringValue(row.Details);
            json.WriteEndArray();
        }

        return SHA256.HashData(bytes.WrittenSpan);
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

    private static string Canonical(IReadOnlyDictionary<string, string?> details)
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

    // PostgreSQL keeps microseconds; a row must hash the same after it was read back.
    private static DateTimeOffset ToMicroseconds(DateTimeOffset moment) =>
        new(moment.UtcTicks - (moment.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
