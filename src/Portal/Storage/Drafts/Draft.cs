using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Storage;

/// <summary>What a person has typed into a form and not sent yet, as JSON. Never holds a secret: no form asks for one.</summary>
internal sealed class Draft
{
    public required string PersonId { get; init; }

    public required string Form { get; init; }

    public required string Content { get; set; }

    public required DateTimeOffset ChangedAt { get; set; }
}

internal sealed class DraftConfiguration : IEntityTypeConfiguration<Draft>
{
    public void Configure(EntityTypeBuilder<Draft> builder)
    {
        builder.ToTable("drafts").HasKey(draft => new { draft.PersonId, draft.Form });
        builder.Property(draft => draft.PersonId).HasMaxLength(200);
        builder.Property(draft => draft.Form).HasMaxLength(100);
    }
}
