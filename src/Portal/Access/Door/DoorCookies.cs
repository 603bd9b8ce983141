using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace Portal.Access;

/// <summary>The portal's three kinds of cookies: session, antiforgery, and one for each sign-in that is under way.</summary>
/// <remarks>
/// Over https a browser takes a name that begins with <c>__Host-</c> only from this host, for every path, and Secure. Over plain http on
/// loopback Safari would drop such cookies, so there they have neither the prefix nor Secure.
/// </remarks>
internal sealed class DoorCookies(Transport transport, SessionStore sessions, IOptions<AccessOptions> access) :
    IConfigureNamedOptions<CookieAuthenticationOptions>,
    IConfigureNamedOptions<PortalSignInOptions>,
    IConfigureOptions<AntiforgeryOptions>
{
    public void Configure(string? name, CookieAuthenticationOptions options)
    {
        if (name != SessionPrincipal.Scheme)
        {
            return;
        }

        // Strict would be left out on the way back from the provider.
        Shape(options.Cookie, "pg-s", SameSiteMode.Lax);
        options.SessionStore = sessions;
        options.ExpireTimeSpan = access.Value.Longest;
        options.SlidingExpiration = false;
        options.LoginPath = "/sign-in";
        options.AccessDeniedPath = "/not-allowed";
        options.Events.OnRedirectToLogin = context => AnswerAsync(context, options.LoginPath, StatusCodes.Status401Unauthorized);
        options.Events.OnRedirectToAccessDenied = context => AnswerAsync(context, options.AccessDeniedPath, StatusCodes.Status403Forbidden);
    }

    public void Configure(string? name, PortalSignInOptions options)
    {
        if (name == PortalSignInHandler.SchemeName)
        {
            // The framework adds the id of the sign-in to the name. The answer comes by a redirect, which Lax lets through.
            Shape(options.CorrelationCookie, "pg-c", SameSiteMode.Lax);
        }
    }

    public void Configure(AntiforgeryOptions options) => Shape(options.Cookie, "pg-af", SameSiteMode.Strict);

    public void Configure(CookieAuthenticationOptions options) => Configure(Options.DefaultName, options);

    public void Configure(PortalSignInOptions options) => Configure(Options.DefaultName, options);

    private void Shape(CookieBuilder cookie, string name, SameSiteMode sameSite)
    {
        cookie.Name = transport.IsHttps ? "__Host-" + name : name;
        cookie.SecurePolicy = transport.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
        cookie.SameSite = sameSite;
        cookie.HttpOnly = true;
        cookie.IsEssential = true;
        cookie.Path = "/";
        cookie.Domain = null;
    }

    private static Task AnswerAsync(Microsoft.AspNetCore.Authentication.RedirectContext<CookieAuthenticationOptions> context, PathString door, int status)
    {
        var request = context.Request;
        if (DoorRequests.IsPage(request))
        {
            // The framework's own return address would begin with the path of the public address: see ReturnAddress.
            context.Response.Redirect(request.PathBase + door + QueryString.Create("returnUrl", request.Path + request.QueryString));
        }
        else
        {
            context.Response.StatusCode = status;
        }

        return Task.CompletedTask;
    }
}
