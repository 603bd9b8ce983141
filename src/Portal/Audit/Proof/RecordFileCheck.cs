using System.Security.Cryptography;

namespace Portal.Audit;

/// <summary>Verifies one or several exports, which follow from each other, with nothing else at hand.</summary>
/// <param name="heads">Heads that lie outside, by number; may be empty.</param>
/// <param name="keys">Whose signatures count. Without any, the key that the first file names, which proves only that one hand signed it all.</param>
internal sealed class RecordFileCheck(SortedDictionary<long, RecordHead> heads, IReadOnlyList<RecordKey> keys)
{
    private const int Chunk = 4 * 1024 * 1024;

    private RecordVerifier? _verifier;
    private IReadOnlyList<RecordKey>? _keys;
    private bool _hasEnd;
    private bool _isEndSigned;

    /// <summary>The key that the first file names.</summary>
    public RecordKey? OwnKey { get; private set; }

    /// <summary>What is to be said of all files together.</summary>
    /// <remarks>Of a file that the portal signed nothing was cut off: heads of later rows only say that it is not the newest.</remarks>
    public RecordReport Report()
    {
        var verifier = _verifier ?? new RecordVerifier(1, AuditChain.Nothing, Head, keys);
        var last = heads.Count == 0 ? 0 : heads.Keys.Last();
        return verifier.Report(_isEndSigned ? Math.Min(last, verifier.LastSequence) : last);
    }

    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="FormatException">The file is no export, or does not follow from the one before it.</exception>
    public async Task ReadAsync(Stream file, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[Chunk];
        var (filled, lines) = (0, 0L);
        _hasEnd = _isEndSigned = false;
        while (true)
        {
            var read = await file.ReadAsync(buffer.AsMemory(filled), cancellationToken);
            filled += read;
            var end = buffer.AsSpan(0, filled).LastIndexOf((byte)'\n') + 1;
            if (end > 0 || (read == 0 && filled > 0))
            {
                end = read == 0 && end == 0 ? filled : end;
                lines = Take(buffer.AsMemory(0, end), hash, lines);
                buffer.AsSpan(end, filled - end).CopyTo(buffer);
                filled -= end;
            }
            else if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }

            if (read == 0 && filled == 0)
            {
                break;
            }
        }

        if (_verifier is null)
        {
            throw new FormatException("The file is not an export of the record: its first line does not say so.");
        }

        if (!_hasEnd)
        {
            _verifier.AddBadEnd($"The file ends after row {_verifier.LastSequence} without its last line: it was cut off.");
        }
    }

    private byte[]? Head(long sequence) => heads.TryGetValue(sequence, out var head) ? head.Hash : null;

    private long Take(ReadOnlyMemory<byte> text, IncrementalHash hash, long lines)
    {
        var slices = Slices(text.Span);
        var read = new object?[slices.Count];
        var holds = new bool[slices.Count];
        Parallel.For(0, slices.Count, index =>
        {
            read[index] = RecordLines.Read(text.Span[slices[index]]);
            holds[index] = read[index] is AuditRow row && AuditChain.Holds(row);
        });
        for (var index = 0; index < slices.Count; index++)
        {
            lines++;
            if (_hasEnd)
            {
                _verifier!.AddUnreadable(lines);
                continue;
            }

            if (read[index] is RecordTrailer trailer && _verifier is not null)
            {
                End(trailer, hash.GetHashAndReset());
                continue;
            }

            Add(read[index], holds[index], lines);
            hash.AppendData(text.Span[slices[index]]);
        }

        return lines;
    }

    private void Add(object? line, bool holds, long number)
    {
        switch (line)
        {
            case RecordHeader header when number == 1:
                Begin(header);
                break;
            case not null when _verifier is null:
            case null when number == 1:
                throw new FormatException("The file is not an export of the record: its first line does not say so.");
            case AuditRow row:
                _verifier!.Add(row, holds);
                break;
            case AuditCheckpoint checkpoint:
                _verifier!.Add(checkpoint);
                break;
            default:
                _verifier!.AddUnreadable(number);
                break;
        }
    }

    private void Begin(RecordHeader header)
    {
        if (_verifier is null)
        {
            OwnKey = header.Key is null ? null : RecordKey.TryRead(header.Key) ?? throw new FormatException("The key in the file's first line is none.");
            _keys = keys.Count > 0 || OwnKey is null ? keys : [OwnKey];
            _verifier = new RecordVerifier(header.First, header.Before, Head, _keys) { IsPart = header.Filter is not null, IsStrict = keys.Count > 0 };
        }
        else if (header.Filter is not null || header.First != _verifier.LastSequence + 1 || !header.Before.AsSpan().SequenceEqual(_verifier.LastHash))
        {
            throw new FormatException($"The file begins with row {header.First}, and does not follow from the one before it, which ends with row {_verifier.LastSequence}.");
        }
    }

    private void End(RecordTrailer trailer, byte[] hash)
    {
        _hasEnd = true;
        if (!hash.AsSpan().SequenceEqual(trailer.FileHash) || trailer.Last != _verifier!.LastSequence || !trailer.LastHash.AsSpan().SequenceEqual(_verifier.LastHash))
        {
            _verifier!.AddBadEnd("The last line of the file is about another text: lines were changed, added or taken out.");
        }
        else if (_keys!.Count > 0 && !(trailer.Signature is { } signature && _keys.Any(key => key.Verifies(trailer.SignedText, signature))))
        {
            _verifier.AddBadEnd("The file is not signed with a key that counts.");
        }
        else if (_keys.Count > 0)
        {
            _isEndSigned = true;
            _verifier.AddGoodEnd("the signature of the file");
        }
    }

    private static List<Range> Slices(ReadOnlySpan<byte> text)
    {
        var slices = new List<Range>(text.Length / 400);
        for (var start = 0; start < text.Length;)
        {
            var end = text[start..].IndexOf((byte)'\n');
            var next = end < 0 ? text.Length : start + end + 1;
            slices.Add(new Range(start, next));
            start = next;
        }

        return slices;
    }
}
