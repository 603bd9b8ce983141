using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Connections;

/// <summary>Whether a pool's PgBouncer keeps track of prepared statements, so that a driver may use them in transaction mode.</summary>
/// <seealso href="https://www.pgbouncer.org/config.html#max_prepared_statements"/>
internal enum PreparedStatements
{
    /// <summary>Nobody has tested it. Texts then carry the settings that are safe either way.</summary>
    Unknown,

    /// <summary>PgBouncer 1.21 or newer, with <c>max_prepared_statements</c> above zero.</summary>
    Tracked,

    Off,
}

/// <summary>What the last test of a pool found. Holds no secret.</summary>
internal sealed class PoolTestRecord
{
    public required Guid ClusterId { get; init; }

    /// <summary>The pool's name.</summary>
    public required string Name { get; init; }

    public required DateTimeOffset TestedAt { get; set; }

    public PreparedStatements Prepared { get; set; }

    /// <summary>When the counts below were seen; null when they never were.</summary>
    public DateTimeOffset? InUseSeenAt { get; set; }

    /// <summary>Server connections that were at work on a query.</summary>
    public int? Active { get; set; }

    /// <summary>Server connections that waited for their client in the middle of a transaction.</summary>
    public int? IdleInTransaction { get; set; }

    /// <summary>Server connections that were free.</summary>
    public int? Idle { get; set; }

    /// <summary>Clients that waited for a server connection; null where the cluster does not tell.</summary>
    public int? Waiting { get; set; }
}

internal sealed class PoolTestRecordConfiguration : IEntityTypeConfiguration<PoolTestRecord>
{
    public void Configure(EntityTypeBuilder<PoolTestRecord> builder)
    {
        builder.ToTable("pool_tests").HasKey(test => new { test.ClusterId, test.Name });
        builder.Property(test => test.Name).HasMaxLength(63);
        builder.Property(test => test.Prepared).HasConversion<string>().HasMaxLength(20);
    }
}
