using System.Buffers;
using System.Security.Cryptography;

namespace Portal.Audit;

/// <summary>Writes an export, a few rows at a time, and signs what it wrote.</summary>
internal sealed class RecordFileWriter(Stream target, SigningKey? key) : IDisposable
{
    private const int Chunk = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _buffer = new(2 * Chunk);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _rows;
    private long _last;
    private byte[] _lastHash = AuditChain.Nothing;

    public void Begin(RecordHeader header)
    {
        (_last, _lastHash) = (header.First - 1, header.Before);
        RecordLines.Write(_buffer, header);
    }

    public ValueTask WriteAsync(AuditRow row, CancellationToken cancellationToken)
    {
        RecordLines.Write(_buffer, row);
        _rows++;
        (_last, _lastHash) = (row.Sequence, row.Hash);
        return _buffer.WrittenCount < Chunk ? ValueTask.CompletedTask : FlushAsync(cancellationToken);
    }

    public void Write(AuditCheckpoint checkpoint) => RecordLines.Write(_buffer, checkpoint);

    /// <returns>The SHA-256 of everything before the last line.</returns>
    public async Task<byte[]> EndAsync(CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);
        var trailer = new RecordTrailer(_last, _lastHash, _rows, _hash.GetHashAndReset(), Signature: null);
        RecordLines.Write(_buffer, trailer with { Signature = key?.Sign(trailer.SignedText) });
        await FlushAsync(cancellationToken);
        return trailer.FileHash;
    }

    public void Dispose() => _hash.Dispose();

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        _hash.AppendData(_buffer.WrittenSpan);
        await target.WriteAsync(_buffer.WrittenMemory, cancellationToken);
        _buffer.ResetWrittenCount();
    }
}
