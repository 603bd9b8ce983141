using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Portal.Audit;

/// <summary>What an export is about: its first line.</summary>
/// <param name="First">The number of the first row that there should be.</param>
/// <param name="Before">The hash of the row before it.</param>
/// <param name="Filter">What was searched for, when rows were left out; null when none were.</param>
/// <param name="Key">The public key, as PEM, that signs; null when there was none.</param>
internal sealed record RecordHeader(long First, byte[] Before, string? Filter, string? Key, DateTimeOffset At, string? By);

/// <summary>The last line: what all lines before it were, signed.</summary>
/// <param name="FileHash">SHA-256 over everything before this line.</param>
/// <param name="Signature">Null when there was no key.</param>
internal sealed record RecordTrailer(long Last, byte[] LastHash, long Rows, byte[] FileHash, byte[]? Signature)
{
    public byte[] SignedText => System.Text.Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"pool-portal export 1\n{Last}\n{Convert.ToHexStringLower(LastHash)}\n{Rows}\n{Convert.ToHexStringLower(FileHash)}"));
}

/// <summary>The lines of an export, JSON Lines: a header, rows with checkpoints between them, a trailer.</summary>
/// <remarks>The details of a row are a text that holds JSON: the chain is over that text, letter by letter.</remarks>
internal static class RecordLines
{
    private const string MomentFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    public static void Write(IBufferWriter<byte> target, RecordHeader header) => Line(target, json =>
    {
        json.WriteString("record", "pool-portal");
        json.WriteNumber("format", 1);
        json.WriteNumber("first", header.First);
        json.WriteString("before", Convert.ToHexStringLower(header.Before));
        json.WriteString("filter", header.Filter);
        json.WriteString("key", header.Key);
        json.WriteString("at", Moment(header.At));
        json.WriteString("by", header.By);
    });

    public static void Write(IBufferWriter<byte> target, AuditRow row) => Line(target, json =>
    {
        json.WriteNumber("seq", row.Sequence);
        json.WriteString("at", Moment(row.At));
        json.WriteString("action", row.Action);
        json.WriteString("actorId", row.ActorId);
        json.WriteString("actorName", row.ActorName);
        json.WritePropertyName("changeId");
        if (row.ChangeId is { } change)
        {
            json.WriteNumberValue(change);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteString("clusterId", row.ClusterId?.ToString("D"));
        json.WriteString("pool", row.Pool);
        json.WriteString("details", row.Details);
        json.WriteString("previous", Convert.ToHexStringLower(row.PreviousHash));
        json.WriteString("hash", Convert.ToHexStringLower(row.Hash));
    });

    public static void Write(IBufferWriter<byte> target, AuditCheckpoint checkpoint) => Line(target, json =>
    {
        json.WriteNumber("checkpoint", checkpoint.Sequence);
        json.WriteString("at", Moment(checkpoint.At));
        json.WriteString("hash", Convert.ToHexStringLower(checkpoint.Hash));
        json.WriteString("previous", Convert.ToHexStringLower(checkpoint.Previous));
        json.WriteString("keyId", checkpoint.KeyId);
        json.WriteBase64String("signature", checkpoint.Signature);
    });

    public static void Write(IBufferWriter<byte> target, RecordTrailer trailer) => Line(target, json =>
    {
        json.WriteNumber("end", trailer.Last);
        json.WriteString("hash", Convert.ToHexStringLower(trailer.LastHash));
        json.WriteNumber("rows", trailer.Rows);
        json.WriteString("file", Convert.ToHexStringLower(trailer.FileHash));
        if (trailer.Signature is { } signature)
        {
            json.WriteBase64String("signature", signature);
        }
        else
        {
            json.WriteNull("signature");
        }
    });

    private static void Line(IBufferWriter<byte> target, Action<Utf8JsonWriter> write)
    {
        using (var json = new Utf8JsonWriter(target))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        target.Write("\n"u8);
    }

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString(MomentFormat, CultureInfo.InvariantCulture);

    /// <summary>A line as what it is, or null when it is none of these.</summary>
    /// <returns><see cref="AuditRow"/>, <see cref="AuditCheckpoint"/>, <see cref="RecordHeader"/> or <see cref="RecordTrailer"/>.</returns>
    public static object? Read(ReadOnlySpan<byte> line)
    {
        try
        {
            var fields = new LineFields(line);
            return fields.Kind switch
            {
                LineKind.Row => fields.Row(),
                LineKind.Checkpoint => fields.Checkpoint(),
                LineKind.Header => fields.Header(),
                LineKind.Trailer => fields.Trailer(),
                _ => null,
            };
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or OverflowException)
        {
            return null;
        }
    }
}
