namespace Portal.Access;

/// <summary>What the sign-in hands to the session store, beside the ticket and never inside it.</summary>
internal sealed record SignedIn
{
    public const string Parameter = "portal:signed-in";

    public required Person Person { get; init; }

    public required string IdToken { get; init; }

    /// <summary>The provider's name for its own session (<c>sid</c>), when it gives one.</summary>
    public string? ProviderSession { get; init; }

    /// <summary>See <see cref="Session.AuthenticatedAt"/>.</summary>
    public DateTimeOffset? AuthenticatedAt { get; init; }

    public required string Nonce { get; init; }

    /// <summary>See <see cref="Session.SignedInFrom"/>.</summary>
    public string? From { get; init; }

    /// <summary>The id token is no secret of ours, but it is not for a log either.</summary>
    public override string ToString() => $"{nameof(SignedIn)} {Person.Id}";
}
