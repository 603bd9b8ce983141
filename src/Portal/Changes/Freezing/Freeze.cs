using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Changes;

/// <summary>An admin stops changes for a while, of everything or of one cluster. What is approved waits.</summary>
public sealed class Freeze
{
    public long Id { get; init; }

    /// <summary>Null for all clusters.</summary>
    public Guid? ClusterId { get; init; }

    public string? ClusterName { get; init; }

    /// <summary>Why, in the admin's words; everybody sees them.</summary>
    public required string Words { get; init; }

    public required string ById { get; init; }

    public required string ByName { get; init; }

    public required DateTimeOffset From { get; init; }

    /// <summary>When it ends by itself.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>When an admin ended it before that; null otherwise.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    public string? EndedByName { get; set; }

    /// <summary>What is frozen, in words: "orders-prod" or "all clusters".</summary>
    public string What => ClusterName ?? "all clusters";

    /// <summary>Whether it is about this cluster, as long as it lasts.</summary>
    public bool Holds(Guid cluster) => ClusterId is null || ClusterId == cluster;
}

internal sealed class FreezeConfiguration : IEntityTypeConfiguration<Freeze>
{
    public void Configure(EntityTypeBuilder<Freeze> builder)
    {
        builder.ToTable("freezes").HasKey(freeze => freeze.Id);
        builder.Property(freeze => freeze.ClusterName).HasMaxLength(200);
        builder.Property(freeze => freeze.Words).HasMaxLength(500);
        builder.Property(freeze => freeze.ById).HasMaxLength(200);
        builder.Property(freeze => freeze.ByName).HasMaxLength(200);
        builder.Property(freeze => freeze.EndedByName).HasMaxLength(200);
        builder.HasIndex(freeze => freeze.Until);
        builder.Ignore(freeze => freeze.What);
    }
}
