namespace Portal.Access;

/// <summary>What a valid id token says about somebody.</summary>
/// <param name="PersonId">See <see cref="Person.Id"/>.</param>
/// <param name="SessionId">The provider's name for its own session (<c>sid</c>), when it gives one.</param>
/// <param name="AuthenticatedAt">When the person proved to the provider who they are (<c>auth_time</c>), when it says so.</param>
internal sealed record IdToken(
    string PersonId, string Name, IReadOnlySet<Role> Roles, IReadOnlySet<string> Groups, string? SessionId, DateTimeOffset? AuthenticatedAt);

/// <summary>Why an id token is not taken.</summary>
/// <param name="Detail">For the log; never a part of the token.</param>
/// <param name="IsKeyUnknown">The token names a key that the metadata does not have: newer metadata may.</param>
internal sealed record IdTokenFault(SignInFailure Failure, string Detail, bool IsKeyUnknown = false);
