using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.DigitalOcean;

namespace Portal.Inventory;

/// <summary>A pool as DigitalOcean last listed it, whoever made it.</summary>
internal sealed class PoolRecord
{
    public required Guid ClusterId { get; init; }

    public required string Name { get; init; }

    /// <summary>As DigitalOcean writes it; may be a word we do not know.</summary>
    public required string ModeText { get; set; }

    /// <summary>Server connections.</summary>
    public required int Size { get; set; }

    public required string Database { get; set; }

    /// <summary>Null for an inbound-user pool.</summary>
    public string? User { get; set; }

    /// <summary>When a reading first showed this name; what tells a pool of ours that was found again from somebody else's.</summary>
    public required DateTimeOffset FirstSeenAt { get; init; }

    public PoolFields? Fields => PoolModes.Parse(ModeText) is { } mode ? new(mode, Size, Database, User) : null;
}

internal sealed class PoolRecordConfiguration : IEntityTypeConfiguration<PoolRecord>
{
    public void Configure(EntityTypeBuilder<PoolRecord> builder)
    {
        builder.ToTable("pools").HasKey(pool => new { pool.ClusterId, pool.Name });
        builder.Property(pool => pool.Name).HasMaxLength(63);
        builder.Property(pool => pool.ModeText).HasMaxLength(20);
        builder.Ignore(pool => pool.Fields);
    }
}
