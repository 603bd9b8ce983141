using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Audit;

/// <summary>A signature over the chain up to a row: what is before it cannot be written anew without the key.</summary>
internal sealed class AuditCheckpoint
{
    /// <summary>The last row that it covers.</summary>
    public required long Sequence { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>32 bytes: the hash of that row.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>32 bytes: SHA-256 over the signature of the checkpoint before, zeros for the first.</summary>
    public required byte[] Previous { get; init; }

    /// <summary>Which key signed it: SHA-256 over the public key's SubjectPublicKeyInfo, in hexadecimal.</summary>
    public required string KeyId { get; init; }

    /// <summary>ECDSA over P-256 with SHA-256, as r and s of 32 bytes each.</summary>
    public required byte[] Signature { get; init; }
}

internal sealed class AuditCheckpointConfiguration : IEntityTypeConfiguration<AuditCheckpoint>
{
    public void Configure(EntityTypeBuilder<AuditCheckpoint> builder)
    {
        builder.ToTable("audit_checkpoints").HasKey(checkpoint => checkpoint.Sequence);
        builder.Property(checkpoint => checkpoint.Sequence).ValueGeneratedNever();
        builder.Property(checkpoint => checkpoint.KeyId).HasMaxLength(64);
    }
}
