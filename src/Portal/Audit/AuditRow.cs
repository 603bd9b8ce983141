using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Audit;

/// <summary>One link of the record: what was decided, asked, answered or shown, chained to the row before it.</summary>
public sealed record AuditRow
{
    /// <summary>1, 2, 3 … without a gap.</summary>
    public required long Sequence { get; init; }

    /// <summary>In UTC, to the microsecond.</summary>
    public required DateTimeOffset At { get; init; }

    public required string Action { get; init; }

    /// <summary>The person's stable id, or null when the portal itself acted.</summary>
    public string? ActorId { get; init; }

    public string? ActorName { get; init; }

    public long? ChangeId { get; init; }

    public Guid? ClusterId { get; init; }

    public string? Pool { get; init; }

    /// <summary>A flat JSON object with its keys in order; never a secret.</summary>
    public required string Details { get; init; }

    /// <summary>32 bytes: the hash of the row before, zeros for the first.</summary>
    public required byte[] PreviousHash { get; init; }

    /// <summary>32 bytes: SHA-256 over the previous hash and this row's canonical bytes.</summary>
    public required byte[] Hash { get; init; }
}

internal sealed class AuditRowConfiguration : IEntityTypeConfiguration<AuditRow>
{
    public void Configure(EntityTypeBuilder<AuditRow> builder)
    {
        builder.ToTable("audit").HasKey(row => row.Sequence);
        builder.Property(row => row.Sequence).ValueGeneratedNever();
        builder.Property(row => row.Action).HasMaxLength(60);
        builder.Property(row => row.ActorId).HasMaxLength(200);
        builder.Property(row => row.ActorName).HasMaxLength(200);
        builder.Property(row => row.Pool).HasMaxLength(63);
        builder.HasIndex(row => row.At);
        builder.HasIndex(row => row.ActorId);
        builder.HasIndex(row => row.Action);
        builder.HasIndex(row => row.ChangeId);
        builder.HasIndex(row => new { row.ClusterId, row.Pool });
    }
}
