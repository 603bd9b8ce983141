using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Portal.Audit;

/// <summary>What a checkpoint signs, and how one follows from another.</summary>
internal static class Checkpoints
{
    public static AuditCheckpoint Sign(AuditCheckpoint? last, long sequence, byte[] hash, DateTimeOffset now, SigningKey key)
    {
        // Whole seconds: what was signed must read the same from every database and every file.
        var at = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        var previous = After(last);
        return new AuditCheckpoint
        {
            Sequence = sequence,
            At = at,
            Hash = hash,
            Previous = previous,
            KeyId = key.Public.Id,
            Signature = key.Sign(Text(sequence, at, hash, previous, key.Public.Id)),
        };
    }

    /// <summary>What a checkpoint names as the one before it.</summary>
    public static byte[] After(AuditCheckpoint? last) => last is null ? AuditChain.Nothing : SHA256.HashData(last.Signature);

    public static bool IsSignedBy(this AuditCheckpoint checkpoint, RecordKey key) =>
        checkpoint.KeyId == key.Id && key.Verifies(Text(checkpoint.Sequence, checkpoint.At, checkpoint.Hash, checkpoint.Previous, checkpoint.KeyId), checkpoint.Signature);

    private static byte[] Text(long sequence, DateTimeOffset at, byte[] hash, byte[] previous, string keyId) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"pool-portal checkpoint 1\n{sequence}\n{at.ToUnixTimeSeconds()}\n{Convert.ToHexStringLower(hash)}\n{Convert.ToHexStringLower(previous)}\n{keyId}"));
}
