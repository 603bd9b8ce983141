namespace Portal.DigitalOcean;

/// <summary>What a token is wanted for, so that the one which can read passwords is taken out only for that.</summary>
public enum TokenPurpose
{
    /// <summary>Everything that never shows a password. Scopes: <c>database:read</c>, <c>create</c>, <c>update</c>, <c>delete</c>.</summary>
    Manage,

    /// <summary>The two calls behind a connection. Scope: <c>database:view_credentials</c> as well.</summary>
    ViewCredentials,
}

/// <summary>A token of DigitalOcean's API and where it stands in its vault.</summary>
/// <param name="Value">The token: visible ASCII characters without spaces, for example <c>dop_v1_…</c>.</param>
/// <param name="Version">Names this version for people and the audit, for example <c>7</c>; never a part of the token.</param>
public sealed record ApiToken(Secret Value, string Version);

/// <summary>Why there is no token.</summary>
/// <param name="Message">Words that may be shown: what could not be read, never what was read.</param>
public sealed record TokenFailure(string Message);

/// <summary>Where the client takes its tokens from.</summary>
/// <remarks>Called before every call, so an implementation keeps what it has read. Used by many threads.</remarks>
public interface IApiTokenSource
{
    /// <summary>The token to use now.</summary>
    ValueTask<Result<ApiToken, TokenFailure>> GetAsync(TokenPurpose purpose, CancellationToken cancellationToken);

    /// <summary>DigitalOcean answered 401 to this token: the next <see cref="GetAsync"/> reads it anew.</summary>
    /// <remarks>Nothing happens when a newer one has been read meanwhile.</remarks>
    void Refuse(ApiToken token);
}
