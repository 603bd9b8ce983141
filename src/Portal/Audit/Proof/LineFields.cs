using System.Globalization;
using System.Text.Json;

namespace Portal.Audit;

internal enum LineKind
{
    Unknown,
    Header,
    Row,
    Checkpoint,
    Trailer,
}

/// <summary>The fields of one line of an export. What it begins with says what it is.</summary>
/// <exception cref="JsonException">It is no JSON object.</exception>
/// <exception cref="FormatException">A field holds something else than it should.</exception>
internal readonly struct LineFields
{
    private readonly long? _number;
    private readonly long? _change;
    private readonly long? _rows;
    private readonly DateTimeOffset? _at;
    private readonly byte[]? _previous;
    private readonly byte[]? _hash;
    private readonly byte[]? _file;
    private readonly byte[]? _signature;
    private readonly Guid? _cluster;
    private readonly string? _action;
    private readonly string? _actorId;
    private readonly string? _actorName;
    private readonly string? _pool;
    private readonly string? _details;
    private readonly string? _key;
    private readonly string? _filter;

    public LineFields(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        Require(reader.Read() && reader.TokenType is JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan;
            // No name of ours is escaped, and of two fields with one name the second would hide the first.
            if (name.SequenceEqual("seq"u8)) { Kind = First(Kind, LineKind.Row); _number = Number(ref reader); }
            else if (name.SequenceEqual("at"u8)) { _at = Moment(Text(ref reader)); }
            else if (name.SequenceEqual("action"u8)) { _action = Text(ref reader); }
            else if (name.SequenceEqual("actorId"u8)) { _actorId = Text(ref reader); }
            else if (name.SequenceEqual("actorName"u8)) { _actorName = Text(ref reader); }
            else if (name.SequenceEqual("changeId"u8)) { _change = Number(ref reader); }
            else if (name.SequenceEqual("clusterId"u8)) { _cluster = Text(ref reader) is { } id ? Guid.ParseExact(id, "D") : null; }
            else if (name.SequenceEqual("pool"u8)) { _pool = Text(ref reader); }
            else if (name.SequenceEqual("details"u8)) { _details = Text(ref reader); }
            else if (name.SequenceEqual("previous"u8)) { _previous = Hash(ref reader); }
            else if (name.SequenceEqual("hash"u8)) { _hash = Hash(ref reader); }
            else if (name.SequenceEqual("checkpoint"u8)) { Kind = First(Kind, LineKind.Checkpoint); _number = Number(ref reader); }
            else if (name.SequenceEqual("keyId"u8)) { _key = Text(ref reader); }
            else if (name.SequenceEqual("signature"u8)) { _signature = Base64(ref reader); }
            else if (name.SequenceEqual("record"u8)) { Kind = First(Kind, LineKind.Header); Require(Text(ref reader) == "pool-portal"); }
            else if (name.SequenceEqual("format"u8)) { Require(Number(ref reader) == 1); }
            else if (name.SequenceEqual("first"u8)) { _number = Number(ref reader); }
            else if (name.SequenceEqual("before"u8)) { _hash = Hash(ref reader); }
            else if (name.SequenceEqual("filter"u8)) { _filter = Text(ref reader); }
            else if (name.SequenceEqual("key"u8)) { _key = Text(ref reader); }
            else if (name.SequenceEqual("by"u8)) { _actorName = Text(ref reader); }
            else if (name.SequenceEqual("end"u8)) { Kind = First(Kind, LineKind.Trailer); _number = Number(ref reader); }
            else if (name.SequenceEqual("rows"u8)) { _rows = Number(ref reader); }
            else if (name.SequenceEqual("file"u8)) { _file = Hash(ref reader); }
            else { throw new FormatException("A field that no export has."); }
        }

        Require(reader.TokenType is JsonTokenType.EndObject && !reader.Read());
    }

    public LineKind Kind { get; } = LineKind.Unknown;

    public AuditRow Row() => new()
    {
        Sequence = Of(_number),
        At = Of(_at),
        Action = Of(_action),
        ActorId = _actorId,
        ActorName = _actorName,
        ChangeId = _change,
        ClusterId = _cluster,
        Pool = _pool,
        Details = Of(_details),
        PreviousHash = Of(_previous),
        Hash = Of(_hash),
    };

    public AuditCheckpoint Checkpoint() => new()
    {
        Sequence = Of(_number),
        At = Of(_at),
        Hash = Of(_hash),
        Previous = Of(_previous),
        KeyId = Of(_key),
        Signature = Of(_signature),
    };

    public RecordHeader Header() => new(Of(_number), Of(_hash), _filter, _key, Of(_at), _actorName);

    public RecordTrailer Trailer() => new(Of(_number), Of(_hash), Of(_rows), Of(_file), _signature);

    private static LineKind First(LineKind was, LineKind now)
    {
        Require(was is LineKind.Unknown);
        return now;
    }

    private static T Of<T>(T? value)
        where T : struct => value ?? throw new FormatException("A field is missing.");

    private static T Of<T>(T? value)
        where T : class => value ?? throw new FormatException("A field is missing.");

    private static void Require(bool isSo)
    {
        if (!isSo)
        {
            throw new FormatException("Not a line of an export.");
        }
    }

    private static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetString();
    }

    private static long? Number(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType is JsonTokenType.Null ? null : reader.GetInt64();
    }

    private static byte[]? Base64(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType is JsonTokenType.Null ? null : reader.GetBytesFromBase64();
    }

    private static byte[] Hash(ref Utf8JsonReader reader)
    {
        reader.Read();
        Require(reader.TokenType is JsonTokenType.String && !reader.ValueIsEscaped && reader.ValueSpan.Length == 2 * AuditChain.HashBytes);
        var hash = new byte[AuditChain.HashBytes];
        Require(Convert.FromHexString(reader.ValueSpan, hash, out _, out _) is System.Buffers.OperationStatus.Done);
        return hash;
    }

    private static DateTimeOffset? Moment(string? text) => text is null
        ? null
        : DateTimeOffset.ParseExact(text, "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
