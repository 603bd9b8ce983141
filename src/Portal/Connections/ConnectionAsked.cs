using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Connections;

/// <summary>Somebody asked for the connection of a pool: shown, copied or downloaded. How often that is, is limited.</summary>
internal sealed class ConnectionAsked
{
    public long Id { get; init; }

    public required string PersonId { get; init; }

    public required Guid ClusterId { get; init; }

    public required string PoolName { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class ConnectionAskedConfiguration : IEntityTypeConfiguration<ConnectionAsked>
{
    public void Configure(EntityTypeBuilder<ConnectionAsked> builder)
    {
        builder.ToTable("connections_asked").HasKey(asked => asked.Id);
        builder.Property(asked => asked.PersonId).HasMaxLength(200);
        builder.Property(asked => asked.PoolName).HasMaxLength(63);
        builder.HasIndex(asked => new { asked.PersonId, asked.At });
        builder.HasIndex(asked => asked.At);
    }
}
