using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace Portal.Access;

/// <summary>Looks at the session of an open page every 30 seconds, and at once when this process ended it, so that the page leaves.</summary>
/// <remarks>This is for the eye. What a page asks for is refused at once, because every service reads the row.</remarks>
internal sealed class SessionWatch : RevalidatingServerAuthenticationStateProvider
{
    private readonly Sessions _sessions;
    private readonly SessionFeed _feed;

    public SessionWatch(ILoggerFactory loggers, Sessions sessions, SessionFeed feed)
        : base(loggers)
    {
        _sessions = sessions;
        _feed = feed;
        _feed.Moved += OnMoved;
    }

    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(30);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        SessionKey.Of(authenticationState.User) is { } session && await _sessions.FindAsync(session, cancellationToken) is not null;

    protected override void Dispose(bool disposing)
    {
        _feed.Moved -= OnMoved;
        base.Dispose(disposing);
    }

    private void OnMoved(byte[] keyHash) => _ = LookAsync(keyHash);

    private async Task LookAsync(byte[] keyHash)
    {
        var state = await GetAuthenticationStateAsync();
        var isOurs = SessionKey.Of(state.User) is { } session && session.Hash().AsSpan().SequenceEqual(keyHash);
        if (isOurs && !await ValidateAuthenticationStateAsync(state, CancellationToken.None))
        {
            SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity()))));
        }
    }
}
