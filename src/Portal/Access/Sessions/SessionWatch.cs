using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace Portal.Access;

/// <summary>Looks at the session of an open page every 30 seconds, so that the page leaves when the session has ended.</summary>
/// <remarks>This is for the eye. What a page asks for is refused at once, because every service reads the row.</remarks>
internal sealed class SessionWatch(ILoggerFactory loggers, Sessions sessions) : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(30);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        SessionKey.Of(authenticationState.User) is { } session && await sessions.FindAsync(session, cancellationToken) is not null;
}
