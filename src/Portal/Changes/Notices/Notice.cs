using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Changes.Notices;

/// <summary>Something that was recorded and is told to somebody outside: a row of the outbox.</summary>
internal sealed class Notice
{
    public long Id { get; init; }

    /// <summary>The row of the record that it tells of. One notice a row.</summary>
    public required long Sequence { get; init; }

    public required string Kind { get; init; }

    /// <summary>What is sent, as JSON. Never a secret.</summary>
    public required string Body { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public int Attempts { get; set; }

    /// <summary>Not to be sent before.</summary>
    public DateTimeOffset? NotBefore { get; set; }

    public DateTimeOffset? DeliveredAt { get; set; }

    /// <summary>When it was tried for the last time without success.</summary>
    public DateTimeOffset? GivenUpAt { get; set; }

    /// <summary>Why the last attempt failed, in words.</summary>
    public string? Failure { get; set; }

    /// <summary>Counts up with every write, so that of two portals one sends it.</summary>
    public int Version { get; set; }
}

/// <summary>How far the record has been looked through for notices: one row.</summary>
internal sealed class NoticeCursor
{
    public const int OnlyId = 1;

    public int Id { get; init; } = OnlyId;

    public required long Sequence { get; set; }
}

internal sealed class NoticeConfiguration : IEntityTypeConfiguration<Notice>
{
    public void Configure(EntityTypeBuilder<Notice> builder)
    {
        builder.ToTable("notices").HasKey(notice => notice.Id);
        builder.Property(notice => notice.Kind).HasMaxLength(40);
        builder.Property(notice => notice.Failure).HasMaxLength(500);
        builder.Property(notice => notice.Version).IsConcurrencyToken();
        builder.HasIndex(notice => notice.Sequence).IsUnique();
        builder.HasIndex(notice => new { notice.DeliveredAt, notice.GivenUpAt, notice.NotBefore });
    }
}

internal sealed class NoticeCursorConfiguration : IEntityTypeConfiguration<NoticeCursor>
{
    public void Configure(EntityTypeBuilder<NoticeCursor> builder)
    {
        builder.ToTable("notice_cursor").HasKey(cursor => cursor.Id);
        builder.Property(cursor => cursor.Id).ValueGeneratedNever();
    }
}
