using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Inventory;

/// <summary>A PostgreSQL cluster as DigitalOcean last described it. No password is in it; the calls it comes from have none.</summary>
internal sealed class ClusterRecord
{
    public required Guid Id { get; init; }

    public required string Name { get; set; }

    /// <summary>DigitalOcean's word: creating, online, resizing, migrating, forking, or one we do not know yet.</summary>
    public required string Status { get; set; }

    public required string Region { get; set; }

    /// <summary>The plan, for example <c>db-s-2vcpu-4gb</c>.</summary>
    public required string SizeSlug { get; set; }

    public List<string> Tags { get; set; } = [];

    public List<string> Databases { get; set; } = [];

    public List<string> Users { get; set; } = [];

    /// <summary>For a read replica the cluster whose data it has; null for a cluster.</summary>
    public Guid? PrimaryId { get; set; }

    /// <summary>When its read replicas were last listed; null before the first time, and for a replica.</summary>
    public DateTimeOffset? ReplicasReadAt { get; set; }

    /// <summary>When the cluster itself was last described.</summary>
    public required DateTimeOffset ReadAt { get; set; }

    /// <summary>When its pools were last listed; null before the first time.</summary>
    public DateTimeOffset? PoolsReadAt { get; set; }

    /// <summary>The moment whose pools are kept: when the last list was asked for, or the portal changed a pool itself. An answer to an earlier question is old news.</summary>
    public DateTimeOffset? PoolsKnownAt { get; set; }
}

internal sealed class ClusterRecordConfiguration : IEntityTypeConfiguration<ClusterRecord>
{
    public void Configure(EntityTypeBuilder<ClusterRecord> builder)
    {
        builder.ToTable("clusters").HasKey(cluster => cluster.Id);
        builder.Property(cluster => cluster.Id).ValueGeneratedNever();
        builder.HasIndex(cluster => cluster.PoolsReadAt);
    }
}
