using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Audit;

/// <summary>Rows that were exported, signed, and taken out of the table. The chain goes on from the last of them.</summary>
internal sealed class AuditRemoval
{
    /// <summary>The last row that was taken out. The database lets go of rows up to the highest of these and of no other.</summary>
    public required long Through { get; init; }

    /// <summary>32 bytes: the hash of that row, which the first remaining row names as the one before it.</summary>
    public required byte[] Hash { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string ById { get; init; }

    public required string ByName { get; init; }

    /// <summary>SHA-256 over the exported file, in hexadecimal.</summary>
    public required string FileHash { get; init; }
}

internal sealed class AuditRemovalConfiguration : IEntityTypeConfiguration<AuditRemoval>
{
    public void Configure(EntityTypeBuilder<AuditRemoval> builder)
    {
        builder.ToTable("audit_removals").HasKey(removal => removal.Through);
        builder.Property(removal => removal.Through).ValueGeneratedNever();
        builder.Property(removal => removal.ById).HasMaxLength(200);
        builder.Property(removal => removal.ByName).HasMaxLength(200);
        builder.Property(removal => removal.FileHash).HasMaxLength(64);
    }
}
