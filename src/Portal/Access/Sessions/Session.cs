using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Access;

/// <summary>Why a session is over.</summary>
internal enum SessionEnd
{
    SignedOut,
    SignedInAgain,
    Idle,
    TooOld,
    EndedByAdmin,
    EndedByProvider,

    /// <summary>By the same person, from another browser.</summary>
    EndedElsewhere,
}

/// <summary>One person in one browser. The row is the session: what is not in it, or ended in it, is nowhere.</summary>
internal sealed class Session
{
    /// <summary>SHA-256 of the key in the cookie, so that who reads the table cannot enter.</summary>
    public required byte[] KeyHash { get; init; }

    public required string PersonId { get; init; }

    public required string PersonName { get; init; }

    /// <summary>A JSON list of <see cref="Role"/> names.</summary>
    public required string Roles { get; init; }

    /// <summary>A JSON list.</summary>
    public required string Groups { get; init; }

    /// <summary>The provider's <c>sid</c>, by which it can end the session from its side.</summary>
    public string? ProviderSession { get; init; }

    /// <summary>The id token, sealed by Data Protection: the hint with which the provider's session is ended. Gone with the session.</summary>
    public byte[]? SealedIdToken { get; set; }

    /// <summary>SHA-256 of the sign-in's nonce. Unique, which makes a nonce single use for every portal on this database.</summary>
    public required byte[] NonceHash { get; init; }

    /// <summary>When the person proved to the provider who they are (<c>auth_time</c>); null when the provider does not say.</summary>
    public DateTimeOffset? AuthenticatedAt { get; init; }

    /// <summary>The address at which its person signed in; null where nobody knows.</summary>
    public string? SignedInFrom { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset LastActivityAt { get; set; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? EndedAt { get; set; }

    public SessionEnd? EndedBecause { get; set; }
}

internal sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("sessions").HasKey(session => session.KeyHash);
        builder.Property(session => session.PersonId).HasMaxLength(200);
        builder.Property(session => session.PersonName).HasMaxLength(200);
        builder.Property(session => session.SignedInFrom).HasMaxLength(64);
        builder.Property(session => session.EndedBecause).HasConversion<string>().HasMaxLength(20);
        builder.HasIndex(session => session.NonceHash).IsUnique();
        builder.HasIndex(session => session.PersonId);
        builder.HasIndex(session => session.ProviderSession);
        builder.HasIndex(session => session.EndedAt);
    }
}
