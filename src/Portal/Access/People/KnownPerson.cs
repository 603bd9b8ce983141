using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Access;

/// <summary>Somebody who has signed in, as the provider described them the last time. The portal knows nobody else.</summary>
internal sealed class KnownPerson
{
    /// <summary>As <see cref="Person.Id"/>.</summary>
    public required string Id { get; init; }

    public required string Name { get; set; }

    /// <summary>A JSON list of <see cref="Role"/> names.</summary>
    public required string Roles { get; set; }

    /// <summary>A JSON list.</summary>
    public required string Groups { get; set; }

    public required DateTimeOffset LastSignInAt { get; set; }
}

internal sealed class KnownPersonConfiguration : IEntityTypeConfiguration<KnownPerson>
{
    public void Configure(EntityTypeBuilder<KnownPerson> builder)
    {
        builder.ToTable("people").HasKey(person => person.Id);
        builder.Property(person => person.Id).HasMaxLength(200);
        builder.Property(person => person.Name).HasMaxLength(200);
        builder.HasIndex(person => person.LastSignInAt);
    }
}
