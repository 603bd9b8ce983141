using Microsoft.Extensions.Options;

namespace Portal.Access;

/// <summary>Whether somebody has proved lately enough who they are, for what asks more than a session.</summary>
/// <remarks>Decided by the session's row alone: by what the provider signed (<c>auth_time</c>), never by anything that came with a request.</remarks>
internal sealed class StepUp(IOptions<AccessOptions> options, TimeProvider clock)
{
    /// <summary>The way to prove it, with <c>returnUrl</c> beside it.</summary>
    public const string Now = "now";

    public TimeSpan For => options.Value.StepUp.For;

    /// <summary>Not for a session whose provider does not say when its person was asked.</summary>
    public bool IsFresh(Session row) => row.AuthenticatedAt is { } at && clock.GetUtcNow() < at + For;
}
