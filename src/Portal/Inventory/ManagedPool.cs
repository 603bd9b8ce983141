using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Portal.DigitalOcean;

namespace Portal.Inventory;

/// <summary>What the portal answers for: whose a pool is, and the fields that its last change gave it.</summary>
public sealed class ManagedPool
{
    public required Guid ClusterId { get; init; }

    public required string Name { get; init; }

    public required string Team { get; set; }

    public required string OwnerId { get; set; }

    public required string OwnerName { get; set; }

    public string? Purpose { get; set; }

    public required PoolMode Mode { get; set; }

    public required int Size { get; set; }

    public required string Database { get; set; }

    /// <summary>Null for an inbound-user pool.</summary>
    public string? User { get; set; }

    public required DateTimeOffset ManagedSince { get; init; }

    public required long LastChangeId { get; set; }

    public required DateTimeOffset LastChangedAt { get; set; }

    /// <summary>When a lead should ask whether it is still needed; null until the first look, which is then due some time after <see cref="ManagedSince"/>.</summary>
    public DateTimeOffset? NextLookAt { get; set; }

    /// <summary>When a lead looked at it last, and who; null before the first time.</summary>
    public DateTimeOffset? LastLookAt { get; set; }

    public string? LastLookBy { get; set; }

    /// <summary>When it is not wanted any more; null when it is wanted for good. Nothing is deleted by itself.</summary>
    public DateTimeOffset? EndsAt { get; set; }

    /// <summary>When a lead should look at it next.</summary>
    /// <param name="every">How long after it came to the portal the first look is due.</param>
    public DateTimeOffset LookDueAt(TimeSpan every) => NextLookAt ?? ManagedSince + every;

    public PoolFields Fields => new(Mode, Size, Database, User);
}

internal sealed class ManagedPoolConfiguration : IEntityTypeConfiguration<ManagedPool>
{
    public void Configure(EntityTypeBuilder<ManagedPool> builder)
    {
        builder.ToTable("managed_pools").HasKey(pool => new { pool.ClusterId, pool.Name });
        builder.Property(pool => pool.Name).HasMaxLength(63);
        builder.Property(pool => pool.LastLookBy).HasMaxLength(200);
        builder.HasIndex(pool => pool.NextLookAt);
        builder.HasIndex(pool => pool.EndsAt);
        builder.Property(pool => pool.Mode).HasConversion<string>().HasMaxLength(20);
        builder.Ignore(pool => pool.Fields);
    }
}
