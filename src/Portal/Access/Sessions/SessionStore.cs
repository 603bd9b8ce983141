using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Portal.Access;

/// <summary>Keeps sessions in rows; the cookie holds the key alone.</summary>
internal sealed class SessionStore(Sessions sessions, AccessMeter meter, TimeProvider clock) : ITicketStore
{
    /// <summary>Marks a request in which somebody has just signed in, so that the session they came with ends instead of being written over.</summary>
    public static readonly object NewSignIn = new();

    public Task<string> StoreAsync(AuthenticationTicket ticket) => StoreAsync(ticket, CancellationToken.None);

    public async Task<string> StoreAsync(AuthenticationTicket ticket, CancellationToken cancellationToken)
    {
        var signedIn = ticket.Properties.GetParameter<SignedIn>(SignedIn.Parameter)
            ?? throw new InvalidOperationException("A session begins with the company's sign-in and in no other way.");
        var session = await sessions.BeginAsync(signedIn, cancellationToken);
        meter.SignedIn();
        return session.Value;
    }

    /// <remarks>The end of a session does not slide, and a new sign-in has a new key: there is nothing to renew.</remarks>
    public Task RenewAsync(string key, AuthenticationTicket ticket) => throw new NotSupportedException("A session is not renewed.");

    public Task<AuthenticationTicket?> RetrieveAsync(string key) => RetrieveAsync(key, CancellationToken.None);

    public async Task<AuthenticationTicket?> RetrieveAsync(string key, CancellationToken cancellationToken)
    {
        var session = new SessionKey(key);
        return await sessions.FindAsync(session, cancellationToken) is { } row ? TicketOf(row, session) : null;
    }

    public async Task<AuthenticationTicket?> RetrieveAsync(string key, HttpContext httpContext, CancellationToken cancellationToken)
    {
        var session = new SessionKey(key);
        if (httpContext.Items.ContainsKey(NewSignIn))
        {
            await sessions.EndAsync(session, SessionEnd.SignedInAgain, by: null, cancellationToken);
            return null;
        }

        if (await sessions.FindAsync(session, cancellationToken) is not { } row)
        {
            return null;
        }

        if (DoorRequests.IsActivity(httpContext) && clock.GetUtcNow() >= row.LastActivityAt + sessions.ActivityApart)
        {
            await sessions.TouchAsync(session, cancellationToken);
        }

        return TicketOf(row, session);
    }

    public Task RemoveAsync(string key) => RemoveAsync(key, CancellationToken.None);

    public Task RemoveAsync(string key, CancellationToken cancellationToken) =>
        sessions.EndAsync(new SessionKey(key), SessionEnd.SignedOut, by: null, cancellationToken);

    private static AuthenticationTicket TicketOf(Session row, SessionKey key)
    {
        var properties = new AuthenticationProperties { IssuedUtc = row.CreatedAt, ExpiresUtc = row.ExpiresAt };
        return new AuthenticationTicket(SessionPrincipal.Of(Sessions.PersonOf(row), key), properties, SessionPrincipal.Scheme);
    }
}
